import type { Condition, Scalar, TestName } from "../core/condition.js";
import {
  fields,
  flag,
  list,
  number,
  type Place,
  parsed,
  type Reader,
  refuse,
  scalar,
  string,
  text,
  word,
} from "../shapes/reader.js";
import { instantOf } from "./instant.js";
import { versionKey } from "./version-key.js";

// biome-ignore lint/suspicious/noExplicitAny: an operand is what its reader let through, a value is looked at first
type Holds = (value: any, operand: any) => boolean;
type Test = (value: unknown) => boolean;
/** A compiled condition: whether a unit with these attributes is meant. */
export type Predicate = (context: object) => boolean;
/** Looks a named segment's condition up. */
export type SegmentOf = (name: string) => Condition | undefined;

/** No definition that `parseDefinition` takes holds more conditions, with those of segments each time they are named. */
const MOST_CONDITIONS = 10_000;
/** Nor does it nest them deeper. */
const DEEPEST = 32;

/** @returns the reader of a list that is not empty */
export const several =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value, place) => {
    const found = list(read)(value, place);
    return found.length ? found : refuse(0, [place, "length"], { expected: { whole: true, atLeast: 1 } });
  };

/** @throws ExperimentError `invalid_argument` for what has none of the parts of which it needs one */
export const needsOne = (value: unknown, place: Place, parts: object) =>
  refuse(value, place, { known: Object.keys(parts), expected: { length: 1 } });

const version = parsed(versionKey, "text");
const scalars = several(scalar);
const members: Reader<Set<Scalar>> = (value, place) => {
  const found = scalars(value, place);
  return found.every((each) => typeof each === typeof found[0]) ? new Set(found) : refuse(value, place);
};
/** Reads a `Date`, milliseconds or ISO 8601 text, as {@link instantOf} does. */
export const instant: Reader<number> = parsed(instantOf, "instant");

const less: Holds = (value, operand) => value < operand;
const atMost: Holds = (value, operand) => value <= operand;
const more: Holds = (value, operand) => value > operand;
const atLeast: Holds = (value, operand) => value >= operand;
const equal: Holds = (value, operand) => value === operand;
const includes: Holds = (value, operand) => value.includes(operand);

const alike =
  (holds: Holds): Holds =>
  (value, operand) =>
    typeof value === typeof operand && holds(value, operand);
const ofList =
  (holds: Holds): Holds =>
  (value, operand) =>
    Array.isArray(value) && holds(value, operand);
const by =
  (key: (value: unknown) => unknown, holds: Holds): Holds =>
  (value, operand) =>
    holds(key(value), operand);

/** @returns the reader of a test's operand: it makes the test of a value */
const test =
  (operand: Reader, holds: Holds): Reader<Test> =>
  (given, place) => {
    const bound = operand(given, place);
    return (value) => holds(value, bound);
  };

const isThere = (value: unknown) =>
  Array.isArray(value) || /str|boo/.test(typeof value) || instantOf(value) <= Infinity;

const tests = {
  eq: test(scalar, equal),
  neq: test(
    scalar,
    alike((value, operand) => value !== operand && !Number.isNaN(value)),
  ),
  exists: test(flag, by(isThere, equal)),
  in: test(members, (value, set) => set.has(value)),
  notIn: test(members, (value, set) => {
    const [first] = set;
    return typeof value === typeof first && !set.has(value) && !Number.isNaN(value);
  }),
  hasAny: test(
    members,
    ofList((value, set) => value.some((each: unknown) => set.has(each))),
  ),
  hasAll: test(
    members,
    ofList((value, set) => [...set].every((each) => value.includes(each))),
  ),
  has: test(string, ofList(includes)),
  contains: test(string, alike(includes)),
  startsWith: test(
    string,
    alike((value, operand) => value.startsWith(operand)),
  ),
  endsWith: test(
    string,
    alike((value, operand) => value.endsWith(operand)),
  ),
  matches: test(string, alike(matches)),
  lt: test(number, alike(less)),
  lte: test(number, alike(atMost)),
  gt: test(number, alike(more)),
  gte: test(number, alike(atLeast)),
  before: test(instant, by(instantOf, less)),
  since: test(instant, by(instantOf, atLeast)),
  versionLt: test(version, by(versionKey, less)),
  versionLte: test(version, by(versionKey, atMost)),
  versionGt: test(version, by(versionKey, more)),
  versionGte: test(version, by(versionKey, atLeast)),
} satisfies { readonly [name in TestName]: Reader<Test> };

/** Without regular expressions and without backtracking: the pieces between stars are found one after the other. */
function matches(value: string, pattern: string): boolean {
  let end = 0;
  return (
    pattern.split("*").every((piece, i, pieces) => {
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
 * @throws ExperimentError `invalid_argument` for an operand that the test does not take
 */
export const testOf = (name: TestName, operand: unknown): Test => tests[name](operand, []);

const readTests = fields({ attribute: text }, tests);

const all =
  <T>(parts: readonly ((value: T) => boolean)[]) =>
  (value: T): boolean =>
    parts.every((holds) => holds(value));

/**
 * Makes the reader of conditions, which compiles them once for any number of units.
 * @param segments  where `{ segment }` leads
 * @returns the reader; what is not a condition, and what holds more of them than a definition may, it refuses before any
 *   unit is met
 */
export function conditionReader(segments: { readonly [name: string]: Condition }): Reader<Predicate> {
  let left = MOST_CONDITIONS;
  let depth = 0;
  const condition: Reader<Predicate> = (value, place) => {
    if (left-- < 1 || depth++ > DEEPEST) refuse(value, place);
    const made = compile(value, place);
    depth--;
    return made;
  };
  const compile: Reader<Predicate> = (value, place) => {
    if (Object(value).attribute === undefined) {
      const [form, another] = Object.values<Predicate | undefined>(readForm(value, place));
      return form && !another ? form : needsOne(value, place, forms);
    }
    const { attribute, ...parts } = readTests(value, place);
    const found = Object.values<Test>(parts);
    const holds = found[0] ? all(found) : needsOne(value, place, tests);
    return (context) => holds(context[attribute as never]);
  };
  const conditions = several(condition);
  const forms: { readonly [form: string]: Reader } = {
    attribute: text,
    all: (value: unknown, place: Place) => all(conditions(value, place)),
    any(value: unknown, place: Place) {
      const parts = conditions(value, place);
      return (context: object) => parts.some((holds) => holds(context));
    },
    not(value: unknown, place: Place) {
      const holds = condition(value, place);
      return (context: object) => !holds(context);
    },
    segment: (value: unknown, place: Place) =>
      condition(segments[word(...Object.keys(segments))(value, place)], place),
  };
  const readForm = fields({}, forms);
  return condition;
}
