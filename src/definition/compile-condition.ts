import type { Condition, TestName } from "../core/condition.js";
import { instantOf } from "./instant.js";
import { versionKey } from "./version-key.js";

// biome-ignore lint/suspicious/noExplicitAny: a test only meets what its readers let through
type Read = any;
/** What a value says to a test, and NaN, which equals nothing, when it is of another kind. */
type Reader = (value: Read) => Read;
type Test = (value: unknown) => boolean;
/** A compiled condition: whether a unit with these attributes is meant. */
export type Predicate = (context: object) => boolean;
/** Looks a named segment's condition up. */
export type SegmentOf = (name: string) => Condition | undefined;

const typed =
  (types: RegExp): Reader =>
  (value) =>
    types.test(typeof value) ? value : Number.NaN;
const scalar = typed(/str|num|boo/);
const text = typed(/str/);
const number = typed(/num/);
const list: Reader = (value) => (Array.isArray(value) ? value : Number.NaN);
const members: Reader = (value) => {
  const set = new Set(value);
  return list(value) === value && set.size && [...set].every((each) => scalar(each) === each)
    ? { set, type: typeof value[0] }
    : Number.NaN;
};
const presence: Reader = (value) =>
  list(value) === value || scalar(value) === value || instantOf(value) <= Infinity;

const instantOfText: Reader = (value) => instantOf(text(value));

type Holds = (value: Read, operand: Read) => boolean;
const less: Holds = (value, operand) => value < operand;
const atMost: Holds = (value, operand) => value <= operand;
const more: Holds = (value, operand) => value > operand;
const atLeast: Holds = (value, operand) => value >= operand;
const equal: Holds = (value, operand) => value === operand;
const includes: Holds = (value, operand) => value.includes(operand);

/** Every test: when it holds, how its operand is read, and how a value is, if otherwise. */
const tests = {
  // No name is a test because objects have it by nature.
  __proto__: null as never,
  eq: [equal, scalar],
  neq: [(value, operand) => typeof value === typeof operand && value !== operand, scalar],
  exists: [equal, typed(/boo/), presence],
  in: [(value, { set }) => set.has(value), members, scalar],
  notIn: [(value, { set, type }) => typeof value === type && !set.has(value), members, scalar],
  hasAny: [(value, { set }) => value.some((each: unknown) => set.has(each)), members, list],
  hasAll: [(value, { set }) => [...set].every((each) => value.includes(each)), members, list],
  has: [includes, text, list],
  contains: [includes, text],
  startsWith: [(value, operand) => value.startsWith(operand), text],
  endsWith: [(value, operand) => value.endsWith(operand), text],
  matches: [matches, (pattern) => pattern.split("*"), text],
  lt: [less, number],
  lte: [atMost, number],
  gt: [more, number],
  gte: [atLeast, number],
  before: [less, instantOfText, instantOf],
  since: [atLeast, instantOfText, instantOf],
  versionLt: [less, versionKey],
  versionLte: [atMost, versionKey],
  versionGt: [more, versionKey],
  versionGte: [atLeast, versionKey],
} satisfies { readonly [name in TestName]: readonly [holds: Holds, operand: Reader, value?: Reader] } & {
  readonly __proto__: never;
};

/** Without regular expressions and without backtracking: the pieces between stars are found one after the other. */
function matches(value: string, pieces: readonly string[]): boolean {
  let end = 0;
  return (
    pieces.every((piece, i) => {
      // The first piece begins the text, the last ends it, one in between comes as early as it can.
      const start = pieces[i + 1] === undefined ? value.lastIndexOf(piece) : value.indexOf(piece, end);
      const found = start >= end && (i > 0 || start === 0);
      end = start + piece.length;
      return found;
    }) && end === value.length
  );
}

/**
 * @param name     of a test
 * @param operand  what it tests for
 * @returns the test of a value
 * @throws Error, untyped, when there is no such test, or none with such an operand
 */
export function testOf(name: string, operand: unknown): Test {
  const [holds, readOperand, read = readOperand] = tests[name as TestName];
  const bound = readOperand(operand);
  // An operand that is not read, "2026-02-30", would hold for nobody.
  if (Number.isNaN(bound)) throw Error();
  return (value) => {
    const found = read(value);
    return !Number.isNaN(found) && holds(found, bound);
  };
}

const all =
  (holding: readonly Test[]): Test =>
  (value) =>
    holding.every((holds) => holds(value));

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
  const { attribute, ...operands } = condition as {
    readonly attribute?: unknown;
    readonly [name: string]: unknown;
  };
  const compile = (each: unknown) => compileCondition(each as Condition, segments, left) as Test;
  const [[name, operand], another] = Object.entries(operands) as [[string, unknown], unknown];
  if (left.conditions-- < 1) throw Error();
  if (attribute !== undefined) {
    if (typeof attribute !== "string") throw Error();
    const holds = all(Object.entries(operands).map(([each, bound]) => testOf(each, bound)));
    return (context) => holds(context[attribute as never]);
  }
  if (another) throw Error();
  if (name === "segment") return compile(segments[operand as string]);
  if (name === "not") {
    const holds = compile(operand);
    return (context) => !holds(context);
  }
  const parts = (operand as readonly unknown[]).map(compile);
  if (parts[0]) {
    if (name === "all") return all(parts);
    if (name === "any") return (context) => parts.some((holds) => holds(context));
  }
  throw Error();
}
