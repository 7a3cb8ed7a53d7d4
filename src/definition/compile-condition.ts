import type { Condition, TestName } from "../core/condition.js";
import { instantOf } from "./instant.js";
import { versionKey } from "./version-key.js";

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

type Tests = { readonly [name in TestName]?: Test | undefined };

/** How values of one kind are ordered: by a rank that compares with nothing, NaN, for values of others. */
// biome-ignore lint/suspicious/noExplicitAny: texts and numbers compare alike, and a rank never meets one of the other kind
type Rank = (value: unknown) => any;
const order = (rank: Rank, operand: unknown): [lt?: Test, lte?: Test, gt?: Test, gte?: Test] => {
  const bound = rank(operand);
  // An operand without a rank, "2026-02-30", would hold for nobody: there is no such test.
  if (Number.isNaN(bound)) return [];
  return [
    (value) => rank(value) < bound,
    (value) => rank(value) <= bound,
    (value) => rank(value) > bound,
    (value) => rank(value) >= bound,
  ];
};
const numberOf: Rank = (value) => (typeof value === "number" ? value : Number.NaN);

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
  const [lt, lte, gt, gte] = order(numberOf, operand);
  const [before, , , since] = order(instantOf, operand);
  const [versionLt, versionLte, versionGt, versionGte] = order(versionKey, operand);
  const own: Tests =
    types === "boolean"
      ? { exists: (value) => present(value) === operand }
      : types === "number"
        ? { lt, lte, gt, gte }
        : {
            before,
            since,
            startsWith: text((value) => value.startsWith(operand)),
            endsWith: text((value) => value.endsWith(operand)),
            contains: text((value) => value.includes(operand)),
            matches: text(globMatcher(operand)),
            versionLt,
            versionLte,
            versionGt,
            versionGte,
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
 * @param segments   where `{ segment }` leads
 * @param left       how many conditions it may hold, with those of segments each time they are named
 * @returns the predicate
 * @throws Error, untyped, for what is not a condition; `createAssigner` says where, `parseDefinition` what it has to be
 */
export function compileCondition(
  condition: Condition,
  segments: { readonly [name: string]: Condition },
  left = { conditions: 10_000 },
): Predicate {
  if (left.conditions-- < 1) throw Error();
  const { attribute, ...operands } = condition as {
    readonly attribute?: unknown;
    readonly [name: string]: unknown;
  };
  const compile = (each: unknown) => compileCondition(each as Condition, segments, left) as Test;
  const parts = Object.entries(operands).map(([name, operand]): Test | undefined => {
    // No name is a test because objects have it by nature.
    if (attribute !== undefined) return { __proto__: null as never, ...testsOf(operand) }[name as TestName];
    if (name === "segment") return compile(segments[operand as string]);
    if (name === "not") {
      const holds = compile(operand);
      return (context) => !holds(context);
    }
    const members = (operand as readonly unknown[]).map(compile);
    if (!members[0]) return undefined;
    if (name === "all") return (context) => members.every((holds) => holds(context));
    if (name === "any") return (context) => members.some((holds) => holds(context));
    return undefined;
  });
  const tests = parts.filter((each) => each !== undefined);
  if (
    !tests[0] ||
    tests.length < parts.length ||
    (attribute === undefined ? tests[1] : typeof attribute !== "string")
  )
    throw Error();
  return (context) => {
    const value = attribute === undefined ? context : context[attribute as never];
    return tests.every((holds) => holds(value));
  };
}
