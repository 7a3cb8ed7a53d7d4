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

type Tests = { readonly [name in TestName]?: Test };

/** Every test that an operand of its type can have, by name; none for what is no operand, such as an empty list. */
// biome-ignore lint/suspicious/noExplicitAny: each branch knows the type that it has tested
export function testsOf(operand: any): Tests {
  const list = Array.isArray(operand);
  const members = new Set<unknown>(list ? operand : [operand]);
  const types = [...members].map((each) => typeof each).join();
  if (!/^(,?(string|number|boolean))+$/.test(types)) return {};
  if (list)
    return {
      in: (value) => members.has(value),
      notIn: (value) => typeof value === typeof operand[0] && !members.has(value) && present(value),
      hasAny: set((value) => value.some((member) => members.has(member))),
      hasAll: set((value) => operand.every((member: unknown) => value.includes(member))),
    };
  const instant = instantOf(operand);
  const own: Tests =
    types === "boolean"
      ? { exists: (value) => present(value) === operand }
      : types === "number"
        ? {
            lt: (value) => typeof value === "number" && value < operand,
            lte: (value) => typeof value === "number" && value <= operand,
            gt: (value) => typeof value === "number" && value > operand,
            gte: (value) => typeof value === "number" && value >= operand,
          }
        : {
            before: (value) => instantOf(value) < instant,
            since: (value) => instantOf(value) >= instant,
            startsWith: text((value) => value.startsWith(operand)),
            endsWith: text((value) => value.endsWith(operand)),
            contains: text((value) => value.includes(operand)),
            matches: text(globMatcher(operand)),
            versionLt: (value) => compareVersions(value, operand) < 0,
            versionLte: (value) => compareVersions(value, operand) <= 0,
            versionGt: (value) => compareVersions(value, operand) > 0,
            versionGte: (value) => compareVersions(value, operand) >= 0,
            has: set((value) => value.includes(operand)),
          };
  return {
    eq: (value) => value === operand,
    neq: (value) => typeof value === types && value !== operand && present(value),
    ...own,
  };
}

/** Without regular expressions and without backtracking: the pieces between stars are found one after the other. */
function globMatcher(pattern: string): (value: string) => boolean {
  const pieces = pattern.split("*");
  return (value) => {
    let end = 0;
    return pieces.every((piece, i) => {
      // The first piece begins the text, the last ends it, one in between comes as early as it can.
      const start = pieces[i + 1] === undefined ? value.length - piece.length : value.indexOf(piece, end);
      const found = start >= end && value.startsWith(piece, start) && (i > 0 || start === 0);
      end = start + piece.length;
      return found;
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
      const found: { readonly [name: string]: Test | undefined } = testsOf(operand);
      if (!Object.hasOwn(found, name)) throw Error(name);
      return found[name]!;
    });
    return (context) => {
      const received = (context as Readonly<Record<string, unknown>>)[attribute];
      return parts.every((holds) => holds(received));
    };
  }
  const compile = (each: unknown) => compileCondition(each as Condition, segmentOf);
  if (more.length > 0 || attribute !== undefined) throw Error(form);
  if (form === "segment") return compile(segmentOf(value as string));
  if (form === "not") {
    const holds = compile(value);
    return (context) => !holds(context);
  }
  const parts = (value as readonly unknown[]).map(compile);
  if (form === "all" && parts.length > 0) return (context) => parts.every((holds) => holds(context));
  if (form === "any" && parts.length > 0) return (context) => parts.some((holds) => holds(context));
  throw Error(form);
}
