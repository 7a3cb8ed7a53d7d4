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
  readonly all: readonly Condition[];
  readonly any: readonly Condition[];
  readonly not: Condition;
  readonly segment: string;
  readonly attribute: string;
}

// biome-ignore lint/suspicious/noExplicitAny: an operand's type depends on the test; conditionProblems checks it
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
 * @param condition  checked before (`defineExperiment`, `defineCatalogue`, `essai/schema`); nothing is checked here
 * @param segmentOf  where `{ segment }` leads
 * @returns the predicate
 * @throws TypeError or RangeError, untyped, for what the checks would have refused; `createAssigner` turns them into
 *   `invalid_catalogue`
 */
export function compileCondition(condition: Condition, segmentOf: SegmentOf): Predicate {
  const compile = (each: Condition) => compileCondition(each, segmentOf);
  const { all, any, not, segment, attribute, ...operands } = condition as Partial<AnyCondition>;
  if (all) {
    const parts = all.map(compile);
    return (context) => parts.every((holds) => holds(context));
  }
  if (any) {
    const parts = any.map(compile);
    return (context) => parts.some((holds) => holds(context));
  }
  if (not) {
    const holds = compile(not);
    return (context) => !holds(context);
  }
  if (segment) return compile(segmentOf(segment)!);
  const parts = Object.entries(operands).map(([name, operand]) => tests[name as TestName](operand));
  return (context) => {
    const value = (context as Record<string, unknown>)[attribute!];
    for (const holds of parts) if (!holds(value)) return false;
    return true;
  };
}
