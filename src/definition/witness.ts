import type { Attributes, AttributeType, Condition, TestName } from "../core/condition.js";
import { DEEPEST_CONDITION } from "./checks.js";
import { type SegmentOf, testOf } from "./compile-condition.js";
import { instantOf } from "./instant.js";
import { ValuePlaces } from "./value-places.js";

/** One test of one attribute, or its opposite. */
interface Literal {
  readonly attribute: string;
  readonly name: TestName;
  readonly operand: unknown;
  readonly negated: boolean;
}

/**
 * Whether any unit can meet a condition: one that does, none, not to be told before the segments of a catalogue are
 * known, or not to be told within the work that one definition may cost.
 */
export type Witness =
  | { readonly status: "met"; readonly context: Readonly<Record<string, unknown>> }
  | { readonly status: "none" | "open" | "undecided" };

/** What may still be spent on one definition, in tests of a candidate; counted, so that every machine agrees. */
export interface SearchBudget {
  left: number;
  /** The tests of lists met so far: making them costs as much as the list is long, and pairs of rules share them. */
  readonly known: Map<unknown, Map<TestName, ReturnType<typeof testOf>>>;
}

/** @returns the budget of one definition: less than 0.1 s of a processor */
export const searchBudget = (): SearchBudget => ({ left: 500_000, known: new Map() });

function testWithin({ known }: SearchBudget, { name, operand }: Literal): ReturnType<typeof testOf> {
  if (!Array.isArray(operand)) return testOf(name, operand);
  const tests = known.get(operand) ?? new Map<TestName, ReturnType<typeof testOf>>();
  const test = tests.get(name) ?? testOf(name, operand);
  known.set(operand, tests.set(name, test));
  return test;
}

const MOST_TERMS = 512;
/** Members of a list that are tried; with a longer list nothing is certain. */
const MOST_TRIED = 100;
/** Tests for which the candidates tried are all that matter: if none of them passes, nothing does. */
const decidable = new Set<TestName>([
  ...(["eq", "neq", "in", "notIn", "lt", "lte", "gt", "gte", "before", "since", "exists"] as const),
]);

/**
 * Looks for a unit that meets a condition, by trying attribute values made from the condition's own operands.
 * @param condition   well-formed
 * @param segmentOf   where `{ segment }` leads
 * @param attributes  declared types, which rule candidates out
 * @param budget      what the search may cost; reduced by what it did
 * @returns an example that was really tried; `none` when there is none for certain; else `open` or `undecided`
 */
export function witnessOf(
  condition: Condition,
  segmentOf: SegmentOf,
  attributes: Attributes = {},
  budget: SearchBudget = searchBudget(),
): Witness {
  return witnessOfAll([termsOf(condition, segmentOf, budget)], attributes, budget);
}

/**
 * The same for several conditions that are to be met together.
 * @param parts       the alternatives of each, from {@link termsOf}
 * @param attributes  declared types, which rule candidates out
 * @param budget      what the search may cost; reduced by what it did
 * @returns as {@link witnessOf}
 */
export function witnessOfAll(parts: readonly Terms[], attributes: Attributes, budget: SearchBudget): Witness {
  const terms = both(parts, budget);
  if (typeof terms === "string") return { status: terms };
  let status: "none" | "undecided" = "none";
  for (const term of terms) {
    const outcome = tryTerm(term, attributes, budget);
    if (typeof outcome === "object") return { status: "met", context: outcome };
    if (outcome === "undecided") status = outcome;
    if (budget.left < 0) return { status: "undecided" };
  }
  return { status };
}

function tryTerm(
  term: readonly Literal[],
  attributes: Attributes,
  budget: SearchBudget,
): Record<string, unknown> | "none" | "undecided" {
  const values: [string, unknown][] = [];
  const byAttribute = new Map<string, Literal[]>();
  for (const literal of term) {
    const known = byAttribute.get(literal.attribute);
    if (known) known.push(literal);
    else byAttribute.set(literal.attribute, [literal]);
  }
  let missed = false;
  for (const [attribute, literals] of byAttribute) {
    const parts = literals.map((literal) => ({
      holds: testWithin(budget, literal),
      negated: literal.negated,
    }));
    const type = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
    const listed = listedBy(literals);
    const candidates = listed ?? candidatesFor(literals, type);
    const each = literals.reduce((sum, { name }) => sum + (name.startsWith("version") ? 10 : 1), 0);
    const lists = literals.reduce(
      (sum, { operand }) => sum + (Array.isArray(operand) ? operand.length : 0),
      0,
    );
    budget.left -= (candidates.length + 10) * each + lists;
    const found = candidates.findIndex((value) =>
      parts.every(({ holds, negated }) => holds(value) !== negated),
    );
    if (found >= 0) values.push([attribute, candidates[found]]);
    else if (listed || literals.every(isDecidable) || exclude(literals)) return "none";
    else missed = true;
  }
  return missed ? "undecided" : Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** The only values that can pass, where a test names them: those of the shortest `eq` or `in`. */
function listedBy(literals: readonly Literal[]): readonly unknown[] | undefined {
  let shortest: readonly unknown[] | undefined;
  for (const { name, operand, negated } of literals) {
    if (negated || (name !== "eq" && name !== "in")) continue;
    const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    if (!shortest || values.length < shortest.length) shortest = values;
  }
  return shortest;
}

/** Lists of values of an attribute: every unit that meets a condition has one of them. */
export type RequiredValues = ReadonlyMap<string, readonly (readonly unknown[])[]>;

/**
 * What units that meet a condition have in common: attributes for which every alternative names its values. Conditions
 * whose values of one attribute do not meet exclude each other, which settles most rules without a search.
 * @param terms   the condition's alternatives
 * @param budget  what it may cost
 * @returns the values by attribute; empty where nothing is required
 */
export function requiredValues(terms: Terms, budget: SearchBudget): RequiredValues {
  const required = new Map<string, Set<readonly unknown[]>>();
  if (typeof terms === "string") return new Map();
  for (const [i, term] of terms.entries()) {
    const listed = new Map<string, readonly unknown[]>();
    for (const literal of term) {
      const [values, shortest] = [listedBy([literal]), listed.get(literal.attribute)];
      if (values && !(shortest && shortest.length <= values.length)) listed.set(literal.attribute, values);
    }
    budget.left -= term.length;
    if (i === 0) for (const [attribute, values] of listed) required.set(attribute, new Set([values]));
    else
      for (const [attribute, lists] of required) {
        const values = listed.get(attribute);
        if (values) lists.add(values);
        else required.delete(attribute);
      }
  }
  return new Map([...required].map(([attribute, lists]) => [attribute, [...lists]]));
}

/**
 * Which of several conditions exclude each other by the values they require.
 * @param required  one for each condition, in order
 * @returns whether the conditions at two places, the smaller first, have an attribute whose required values do not meet
 */
export function apartBy(required: readonly RequiredValues[]): (i: number, j: number) => boolean {
  const words = Math.ceil(required.length / 32);
  // By attribute, for every condition the earlier ones that share a value with it, a bit each.
  const meeting = new Map<string, Uint32Array>();
  for (const attribute of new Set(required.flatMap((each) => [...each.keys()]))) {
    const lists = required.map((each) => each.get(attribute) ?? []);
    const most = lists.flat().reduce((sum, values) => sum + values.length, 0);
    const places = new ValuePlaces(most);
    const holders = new Uint32Array(most * words);
    const shared = new Uint32Array(required.length * words);
    for (const [j, own] of lists.entries())
      for (const values of own)
        for (const value of values) {
          const place = places.of(value) * words;
          for (let word = 0; word < words; word++)
            shared[j * words + word] = (shared[j * words + word] ?? 0) | (holders[place + word] ?? 0);
          holders[place + (j >> 5)] = (holders[place + (j >> 5)] ?? 0) | (1 << (j & 31));
        }
    meeting.set(attribute, shared);
  }
  return (i, j) =>
    [...meeting].some(
      ([attribute, shared]) =>
        required[i]?.has(attribute) &&
        required[j]?.has(attribute) &&
        (((shared[j * words + (i >> 5)] ?? 0) >>> (i & 31)) & 1) === 0,
    );
}

/** How texts have to begin and to end, by a test that must hold. */
function endsOf({ name, operand, negated }: Literal): readonly [start: string, end: string] {
  if (negated || typeof operand !== "string") return ["", ""];
  if (name === "startsWith") return [operand, ""];
  if (name === "endsWith") return ["", operand];
  if (name !== "matches") return ["", ""];
  const pieces = operand.split("*");
  return [pieces[0] ?? "", pieces.at(-1) ?? ""];
}

/** Whether tests of one attribute can never hold together: a test and its opposite, or beginnings or ends that differ. */
function exclude(literals: readonly Literal[]): boolean {
  return literals.some((one, i) =>
    literals.slice(0, i).some((other) => {
      if (one.name === other.name && one.negated !== other.negated)
        return JSON.stringify(one.operand) === JSON.stringify(other.operand);
      const [[start, end], [begin, stop]] = [endsOf(one), endsOf(other)];
      return (
        !(start.startsWith(begin) || begin.startsWith(start)) || !(end.endsWith(stop) || stop.endsWith(end))
      );
    }),
  );
}

function isDecidable({ name, operand }: Literal): boolean {
  return decidable.has(name) && !(Array.isArray(operand) && operand.length > MOST_TRIED);
}

/** A condition as alternatives of literals that must all hold, or why it cannot be had. */
export type Terms = readonly (readonly Literal[])[] | "open" | "undecided";

/**
 * A condition as alternatives of tests that must all hold.
 * @param condition  well-formed
 * @param segmentOf  where `{ segment }` leads
 * @param budget     what it may cost
 * @returns the alternatives; `open` where a segment is not known yet, `undecided` where there are too many
 */
export function termsOf(
  condition: Condition,
  segmentOf: SegmentOf,
  budget: SearchBudget,
  negated = false,
  depth = 0,
): Terms {
  budget.left--;
  if (depth > DEEPEST_CONDITION || budget.left < 0) return "undecided";
  const inner = (each: Condition, turned = negated) => termsOf(each, segmentOf, budget, turned, depth + 1);
  if ("not" in condition) return inner(condition.not, !negated);
  if ("segment" in condition) {
    const segment = segmentOf(condition.segment);
    return segment ? inner(segment) : "open";
  }
  if ("all" in condition)
    return (negated ? either : both)(
      condition.all.map((each) => inner(each)),
      budget,
    );
  if ("any" in condition)
    return (negated ? both : either)(
      condition.any.map((each) => inner(each)),
      budget,
    );
  const { attribute, ...operands } = condition;
  const literals = Object.entries(operands).map(
    ([name, operand]): Literal => ({ attribute, name: name as TestName, operand, negated }),
  );
  return negated ? literals.map((each) => [each]) : [literals];
}

/** Why one of the parts cannot be had; `open` before `undecided`. */
function missing(parts: readonly Terms[]): "open" | "undecided" | undefined {
  if (parts.includes("open")) return "open";
  return parts.includes("undecided") ? "undecided" : undefined;
}

function either(parts: readonly Terms[]): Terms {
  const terms = parts.flatMap((each) => (typeof each === "string" ? [] : each));
  return missing(parts) ?? (terms.length > MOST_TERMS ? "undecided" : terms);
}

function both(parts: readonly Terms[], budget: SearchBudget): Terms {
  const lacking = missing(parts);
  if (lacking) return lacking;
  let terms: (readonly Literal[])[] = [[]];
  for (const part of parts) {
    if (typeof part === "string") continue;
    budget.left -= terms.length * part.length;
    if (terms.length * part.length > MOST_TERMS || budget.left < 0) return "undecided";
    terms = terms.flatMap((left) => part.map((right) => [...left, ...right]));
  }
  return terms;
}

/** Values worth trying: missing, every operand, its neighbours, and a value unlike all of them, of each type. */
function candidatesFor(literals: readonly Literal[], type: AttributeType | undefined): unknown[] {
  const operands = literals.flatMap(({ operand }) => operand as unknown);
  const scalars = operands.flatMap((operand) =>
    Array.isArray(operand) ? (operand as unknown[]) : [operand],
  );
  if (Array.isArray(type)) return [undefined, ...type];
  const texts = scalars.filter((each) => typeof each === "string");
  const plain = texts.map((each) => each.replaceAll("*", ""));
  const instants = literals.some(({ name }) => name === "before" || name === "since")
    ? texts.map(instantOf)
    : [];
  const numbers = between([...scalars.filter((each) => typeof each === "number"), ...instants]);
  const pools: { readonly [name: string]: readonly unknown[] } = {
    string: [
      ...texts,
      ...plain,
      ...plain.slice(0, 20).flatMap((a) => plain.slice(0, 20).map((b) => a + b)),
      `other than ${texts.join()}`,
    ],
    number: numbers,
    boolean: [true, false],
    date: numbers,
    version: [...texts, ...texts.map((each) => `${each}-0`), "0.0.0-0", "999999999.0.0"],
    strings: [
      literals.filter(({ negated }) => !negated).flatMap(({ operand }) => operand as unknown),
      texts,
      ...texts.map((each) => [each]),
      [],
    ],
  };
  const chosen = typeof type === "string" ? (pools[type] ?? []) : Object.values(pools).flat();
  return [undefined, ...chosen];
}

/** The numbers, one between each two, one below and one above. */
function between(numbers: readonly number[]): number[] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  if (sorted.length === 0) return [0];
  const gaps = sorted.slice(1).map((each, i) => sorted[i]! + (each - sorted[i]!) / 2);
  return [...sorted, ...gaps, sorted[0]! - 1, sorted.at(-1)! + 1];
}
