import type { Condition, TestName } from "../core/condition.js";
import { compareVersions } from "./compare-versions.js";
import { instantOf } from "./instant.js";

type Test = (value: unknown) => boolean;
/** A compiled condition: whether a unit with these attributes is meant. */
export type Predicate = (context: object) => boolean;
/** Looks a named segment's condition up. */
export type SegmentOf = (name: string) => Condition | undefined;

const present: Test = (value) =>
  typeof value === "string" ||
  typeof value === "boolean" ||
  Array.isArray(value) ||
  instantOf(value) <= Infinity;
const text =
  (holds: (value: string) => boolean): Test =>
  (value) =>
    typeof value === "string" && holds(value);
const set =
  (holds: (value: readonly unknown[]) => boolean): Test =>
  (value) =>
    Array.isArray(value) && holds(value);

/** What a condition may have, of whichever form. */
interface AnyCondition {
  readonly attribute: string;
  readonly [operand: string]: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: what each operand has to be is checked before, by `operandOf`
type TestOf = (operand: any) => Test;

/** Every test there is: from the condition's operand to a test of the attribute's value. */
export const tests: { readonly [name in TestName]: TestOf } = {
  eq: (operand) => (value) => value === operand,
  neq: (operand) => (value) => typeof value === typeof operand && value !== operand && present(value),
  in: (operand) => {
    const members = new Set(operand);
    return (value) => members.has(value);
  },
  notIn: (operand) => {
    const members = new Set(operand);
    return (value) => typeof value === typeof operand[0] && !members.has(value) && present(value);
  },
  lt: (operand) => (value) => typeof value === "number" && value < operand,
  lte: (operand) => (value) => typeof value === "number" && value <= operand,
  gt: (operand) => (value) => typeof value === "number" && value > operand,
  gte: (operand) => (value) => typeof value === "number" && value >= operand,
  before: (operand) => {
    const end = instantOf(operand);
    return (value) => instantOf(value) < end;
  },
  since: (operand) => {
    const start = instantOf(operand);
    return (value) => instantOf(value) >= start;
  },
  exists: (operand) => (value) => present(value) === operand,
  startsWith: (operand) => text((value) => value.startsWith(operand)),
  endsWith: (operand) => text((value) => value.endsWith(operand)),
  contains: (operand) => text((value) => value.includes(operand)),
  matches: (operand) => text(globMatcher(operand)),
  versionLt: (operand) => (value) => compareVersions(value, operand) < 0,
  versionLte: (operand) => (value) => compareVersions(value, operand) <= 0,
  versionGt: (operand) => (value) => compareVersions(value, operand) > 0,
  versionGte: (operand) => (value) => compareVersions(value, operand) >= 0,
  has: (operand) => set((value) => value.includes(operand)),
  hasAny: (operand) => set((value) => value.some((member) => operand.includes(member))),
  hasAll: (operand) => set((value) => operand.every((member: unknown) => value.includes(member))),
};

/** What a test's operand has to be, as a pattern of the types it may have; a list's members count, none is no list. */
const operandOf = (name: string): RegExp =>
  /eq$/.test(name)
    ? /^(string|number|boolean)$/
    : /^[lg]te?$/.test(name)
      ? /^number$/
      : /^(i|notI)n$|^hasA/.test(name)
        ? /^list(,string|,number|,boolean)+$/
        : /^exists$/.test(name)
          ? /^boolean$/
          : /^string$/;
const typesOf = (operand: unknown) =>
  Array.isArray(operand) ? ["list", ...operand.map((each) => typeof each)].join() : typeof operand;

/** Without regular expressions and without backtracking: the pieces between stars are found one after the other. */
function globMatcher(pattern: string): (value: string) => boolean {
  const pieces = pattern.split("*");
  const last = pieces.length - 1;
  return (value) => {
    let end = 0;
    return pieces.every((piece, i) => {
      // The first piece begins the text, the last ends it, one in between comes as early as it can.
      const start = i === 0 ? 0 : i < last ? value.indexOf(piece, end) : value.length - piece.length;
      const found = start >= end && value.startsWith(piece, start);
      end = start + piece.length;
      return found && (i < last || end === value.length);
    });
  };
}

/**
 * Compiles a condition once for any number of units.
 * @param condition  from anywhere: what is not a condition is refused here, before any unit is met
 * @param segmentOf  where `{ segment }` leads
 * @returns the predicate
 * @throws Error, untyped, for what is not a condition; `createAssigner` says where, `parseDefinition` what it has to be
 */
export function compileCondition(condition: Condition, segmentOf: SegmentOf): Predicate {
  const { attribute, ...operands } = condition as Partial<AnyCondition>;
  const entries = Object.entries(operands);
  const [[form, value] = [], ...more] = entries;
  if (typeof attribute === "string" && form) {
    const parts = entries.map(([name, operand]) => {
      if (!Object.hasOwn(tests, name) || !operandOf(name).test(typesOf(operand))) throw Error(name);
      return tests[name as TestName](operand);
    });
    return (context) => {
      const received = (context as Readonly<Record<string, unknown>>)[attribute];
      for (const holds of parts) if (!holds(received)) return false;
      return true;
    };
  }
  if (more.length > 0 || attribute !== undefined) throw Error(form);
  if (form === "segment") return compileCondition(segmentOf(value as string)!, segmentOf);
  const members = (form === "not" ? [value] : value) as readonly Condition[];
  const parts = members.map((each) => compileCondition(each, segmentOf));
  if (form === "all" && parts.length > 0) return (context) => parts.every((holds) => holds(context));
  if (form === "any" && parts.length > 0) return (context) => parts.some((holds) => holds(context));
  if (form === "not") return (context) => !parts[0]!(context);
  throw Error(form);
}
