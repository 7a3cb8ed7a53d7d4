import type { Condition, TestName } from "../core/condition.js";
import { too_deep, unknown_key, unknown_segment } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { compareVersions } from "./compare-versions.js";
import { instantOf } from "./instant.js";

type Test = (value: unknown) => boolean;
/** A compiled condition: whether a unit with these attributes is meant. */
export type Predicate = (context: object) => boolean;
/** Looks a named segment's condition up. */
export type SegmentOf = (name: string) => Condition | undefined;

/** How deep conditions may nest, segments included. */
export const DEEPEST_CONDITION = 32;

const present: Test = (value) =>
  typeof value === "string" ||
  typeof value === "boolean" ||
  Array.isArray(value) ||
  !Number.isNaN(instantOf(value));
const text =
  (holds: (value: string) => boolean): Test =>
  (value) =>
    typeof value === "string" && holds(value);
const set =
  (holds: (value: readonly unknown[]) => boolean): Test =>
  (value) =>
    Array.isArray(value) && holds(value);

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
  const first = pieces.shift()!;
  const last = pieces.pop();
  return (value) => {
    if (last === undefined) return value === first;
    let at = first.length;
    if (!value.startsWith(first)) return false;
    for (const piece of pieces) {
      at = value.indexOf(piece, at);
      if (at < 0) return false;
      at += piece.length;
    }
    return value.endsWith(last) && value.length - last.length >= at;
  };
}

/**
 * Compiles a condition once for any number of units.
 * @param condition  checked before (`defineExperiment`, `defineCatalogue`, `essai/schema`)
 * @param segmentOf  where `{ segment }` leads
 * @returns the predicate
 * @throws ExperimentError `unknown_segment`, `unknown_key` for a test that does not exist, `too_deep` beyond 32 levels
 *   or when segments lead to themselves
 */
export function compileCondition(condition: Condition, segmentOf: SegmentOf, depth = 0): Predicate {
  const inner = (each: Condition) => compileCondition(each, segmentOf, depth + 1);
  if (depth > DEEPEST_CONDITION) throw new ExperimentError({ too_deep }, ["condition"], condition);
  if ("all" in condition) {
    const parts = condition.all.map(inner);
    return (context) => parts.every((holds) => holds(context));
  }
  if ("any" in condition) {
    const parts = condition.any.map(inner);
    return (context) => parts.some((holds) => holds(context));
  }
  if ("not" in condition) {
    const holds = inner(condition.not);
    return (context) => !holds(context);
  }
  if ("segment" in condition) {
    const segment = segmentOf(condition.segment);
    if (!segment) throw new ExperimentError({ unknown_segment }, ["segment"], condition.segment);
    return inner(segment);
  }
  const { attribute, ...operands } = condition;
  const parts = Object.entries(operands).map(([name, operand]) => {
    if (!Object.hasOwn(tests, name)) throw new ExperimentError({ unknown_key }, [attribute, name], name);
    return tests[name as TestName](operand);
  });
  return (context) => {
    const value = (context as Record<string, unknown>)[attribute];
    for (const holds of parts) if (!holds(value)) return false;
    return true;
  };
}
