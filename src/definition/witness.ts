import type { Attributes, AttributeType, Condition, TestName } from "../core/condition.js";
import { DEEPEST_CONDITION } from "./checks.js";
import { type SegmentOf, tests } from "./compile-condition.js";
import { instantOf } from "./instant.js";

/** One test of one attribute, or its opposite. */
interface Literal {
  readonly attribute: string;
  readonly name: TestName;
  readonly operand: unknown;
  readonly negated: boolean;
}

/** Whether any unit can meet a condition: one that does, none, or not to be told. */
export type Witness =
  | { readonly status: "met"; readonly context: Readonly<Record<string, unknown>> }
  | { readonly status: "none" | "unknown" };

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
 * @returns an example that was really tried; `none` when there is none for certain; else `unknown`
 */
export function witnessOf(condition: Condition, segmentOf: SegmentOf, attributes: Attributes = {}): Witness {
  const terms = termsOf(condition, segmentOf, false, 0);
  if (!terms) return { status: "unknown" };
  let status: "none" | "unknown" = "none";
  for (const term of terms) {
    const outcome = tryTerm(term, attributes);
    if (typeof outcome === "object") return { status: "met", context: outcome };
    if (outcome === "unknown") status = outcome;
  }
  return { status };
}

function tryTerm(
  term: readonly Literal[],
  attributes: Attributes,
): Record<string, unknown> | "none" | "unknown" {
  const values: [string, unknown][] = [];
  let missed = false;
  for (const attribute of new Set(term.map((each) => each.attribute))) {
    const literals = term.filter((each) => each.attribute === attribute);
    const parts = literals.map(({ name, operand, negated }) => ({ holds: tests[name](operand), negated }));
    const candidates = candidatesFor(
      literals,
      Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined,
    );
    const found = candidates.findIndex((value) =>
      parts.every(({ holds, negated }) => holds(value) !== negated),
    );
    if (found >= 0) values.push([attribute, candidates[found]]);
    else if (literals.every(isDecidable)) return "none";
    else missed = true;
  }
  return missed ? "unknown" : Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

function isDecidable({ name, operand }: Literal): boolean {
  return decidable.has(name) && !(Array.isArray(operand) && operand.length > MOST_TRIED);
}

/** The condition as alternatives of literals that must all hold; undefined when there are too many. */
function termsOf(
  condition: Condition,
  segmentOf: SegmentOf,
  negated: boolean,
  depth: number,
): Literal[][] | undefined {
  if (depth > DEEPEST_CONDITION) return undefined;
  const inner = (each: Condition, turned = negated) => termsOf(each, segmentOf, turned, depth + 1);
  if ("not" in condition) return inner(condition.not, !negated);
  if ("segment" in condition) {
    const segment = segmentOf(condition.segment);
    return segment && inner(segment);
  }
  if ("all" in condition) return (negated ? either : both)(condition.all.map((each) => inner(each)));
  if ("any" in condition) return (negated ? both : either)(condition.any.map((each) => inner(each)));
  const { attribute, ...operands } = condition;
  const literals = Object.entries(operands).map(
    ([name, operand]): Literal => ({ attribute, name: name as TestName, operand, negated }),
  );
  return negated ? literals.map((each) => [each]) : [literals];
}

function either(parts: readonly (Literal[][] | undefined)[]): Literal[][] | undefined {
  if (parts.includes(undefined)) return undefined;
  const terms = parts.flatMap((each) => each!);
  return terms.length > MOST_TERMS ? undefined : terms;
}

function both(parts: readonly (Literal[][] | undefined)[]): Literal[][] | undefined {
  let terms: Literal[][] = [[]];
  for (const part of parts) {
    if (!part || terms.length * part.length > MOST_TERMS) return undefined;
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
