import type { Condition, Tests } from "../core/condition.js";
import { instantOf } from "../definition/index.js";
import type { UnitGroups } from "./groups/unit-groups.js";
import { floatAt } from "./number-at.js";

/** A value of an attribute; null, undefined, NaN and "" are missing. */
export type AttributeValue = string | number | boolean | null | undefined;

/** An attribute's values, one per unit: a list, numbers (NaN where missing), or groups that units were put in. */
export type AttributeList = readonly AttributeValue[] | Float64Array | Pick<UnitGroups, "of" | "segments">;

/** The values, of groups their names. */
export const valuesOf = (list: AttributeList): readonly AttributeValue[] | Float64Array =>
  "of" in list ? list.of : list;

/** One test that an attribute's value passes or not: the bins in which it does. */
export interface Literal {
  readonly attribute: string;
  /** As conditions of an audience say it. */
  readonly condition: Condition;
  /** Whether the units of a bin pass. */
  readonly bins: readonly boolean[];
}

/** An attribute as the search reads it: every unit in one of a few bins. */
export interface CodedAttribute {
  readonly name: string;
  readonly kind: "number" | "category" | "flag" | "date";
  readonly codes: Uint8Array;
  /** Bins, the missing one among them; it is the last where there is one. */
  readonly bins: number;
  readonly hasMissing: boolean;
  readonly literals: readonly Literal[];
  /** A number for each unit, for baselines; missing ones are the mean. */
  readonly numbers?: Float32Array;
}

/** Why an attribute is not looked at, before anything is known of outcomes. */
export type UnreadableReason = "constant" | "identifier" | "mixed";

const mostBins = 10;
const mostLevels = 20;
/** What begins like a day; whether it is an instant, conditions decide. */
const dayPattern = /^\d{4}-\d\d-\d\d/;

const isMissing = (value: AttributeValue): value is null | undefined | "" =>
  value === null || value === undefined || value === "" || (typeof value === "number" && Number.isNaN(value));

/** The shortest number above `low` and at most `high`. */
export function shortBetween(low: number, high: number): number {
  for (let digits = 1; digits < 16; digits++) {
    const short = Number(high.toPrecision(digits));
    if (short > low && short <= high) return short;
  }
  return high;
}

/** Values that begin a bin each, so that bins hold about as many units; the first bin begins below all. */
export function cutsOf(sorted: Float64Array, bins = mostBins): readonly number[] {
  const distinct: number[] = [];
  for (const value of sorted)
    if (value !== distinct.at(-1)) {
      distinct.push(value);
      if (distinct.length > bins) break;
    }
  if (distinct.length <= bins)
    return distinct.slice(1).map((high, i) => shortBetween(distinct[i] ?? -Infinity, high));
  const cuts: number[] = [];
  for (let i = 1; i < bins; i++) {
    const at = Math.floor((i * sorted.length) / bins);
    const high = sorted[at] ?? 0;
    let before = at;
    while (before > 0 && sorted[before - 1] === high) before--;
    const low = before > 0 ? (sorted[before - 1] ?? -Infinity) : undefined;
    const cut = low === undefined ? undefined : shortBetween(low, high);
    if (cut !== undefined && cut > (cuts.at(-1) ?? -Infinity)) cuts.push(cut);
  }
  return cuts;
}

interface Binned {
  readonly codes: Uint8Array;
  readonly hasMissing: boolean;
  readonly numbers: Float32Array;
}

/** @param values  NaN where missing */
function binned(values: Float64Array, cuts: readonly number[]): Binned {
  const codes = new Uint8Array(values.length);
  const numbers = Float32Array.from(values);
  const edges = Float64Array.from(cuts);
  let [sum, known] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = floatAt(values, i);
    if (Number.isNaN(value)) {
      codes[i] = cuts.length + 1;
      continue;
    }
    let bin = 0;
    while (bin < edges.length && value >= floatAt(edges, bin)) bin++;
    codes[i] = bin;
    sum += value;
    known++;
  }
  const hasMissing = known < values.length;
  if (hasMissing)
    for (let i = 0; i < values.length; i++)
      if (Number.isNaN(floatAt(values, i))) numbers[i] = sum / Math.max(1, known);
  return { codes, hasMissing, numbers };
}

/** Values that cuts are made of, at most. */
const mostSorted = 200_000;

/** The values that are there, sorted; of many, some, evenly. */
function someSorted(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value));
  const step = Math.ceil(known.length / mostSorted);
  return (step > 1 ? known.filter((_, k) => k % step === 0) : known).sort();
}

/** The least and the largest value, and whether there is none between. */
function rangeOf(values: Float64Array): readonly [low: number, high: number, isPair: boolean] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const isEnd = (value: number) => value === low || value === high || Number.isNaN(value);
  return [low, high, low < high && values.every(isEnd)];
}

const missingLiterals = (name: string, bins: number): readonly Literal[] => {
  const last = Array.from({ length: bins }, (_, bin) => bin === bins - 1);
  return [
    { attribute: name, condition: { attribute: name, exists: false }, bins: last },
    { attribute: name, condition: { attribute: name, exists: true }, bins: last.map((is) => !is) },
  ];
};

function orderedAttribute(
  name: string,
  values: Float64Array,
  kind: "number" | "date",
): CodedAttribute | "constant" {
  const cuts = cutsOf(someSorted(values));
  const { codes, hasMissing, numbers } = binned(values, cuts);
  const bins = cuts.length + 1 + (hasMissing ? 1 : 0);
  if (bins === 1) return "constant";
  const [low, high, isEitherEnd] = rangeOf(values);
  const isPair = kind === "number" && cuts.length === 1 && isEitherEnd;
  const inBins = (test: (bin: number) => boolean) =>
    Array.from({ length: bins }, (_, bin) => bin <= cuts.length && test(bin));
  const literals = cuts.flatMap((cut, i): Literal[] => {
    const [above, below] = isPair
      ? [
          { attribute: name, eq: high },
          { attribute: name, eq: low },
        ]
      : kind === "date"
        ? [
            { attribute: name, since: new Date(cut).toISOString() },
            { attribute: name, before: new Date(cut).toISOString() },
          ]
        : [
            { attribute: name, gte: cut },
            { attribute: name, lt: cut },
          ];
    return [
      { attribute: name, condition: above, bins: inBins((bin) => bin > i) },
      { attribute: name, condition: below, bins: inBins((bin) => bin <= i) },
    ];
  });
  const all = [...literals, ...(hasMissing ? missingLiterals(name, bins) : [])];
  return { name, kind, codes, bins, hasMissing, literals: all, numbers };
}

/** What an operand of a condition is, of a level as the table writes it. */
type Level = string | number | boolean;

function categoryAttribute(
  name: string,
  values: readonly AttributeValue[],
  least: number,
): CodedAttribute | UnreadableReason {
  const counts = new Map<Level, number>();
  let hasMissing = false;
  for (const value of values)
    if (isMissing(value)) hasMissing = true;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size > values.length / 2 && counts.size > 20) return "identifier";
  const levels = [...counts]
    .sort(
      ([a, m], [b, n]) =>
        Number(b === true) - Number(a === true) || n - m || (String(a) < String(b) ? -1 : 1),
    )
    .filter(([, count], i) => i < mostLevels && (count >= least || counts.size <= 2))
    .map(([level]) => level);
  const hasOthers = levels.length < counts.size;
  const bins = levels.length + (hasOthers ? 1 : 0) + (hasMissing ? 1 : 0);
  if (bins < 2) return counts.size > 20 ? "identifier" : "constant";
  const place = new Map(levels.map((level, i) => [level, i]));
  const codes = new Uint8Array(values.length);
  values.forEach((value, i) => {
    codes[i] = isMissing(value) ? bins - 1 : (place.get(value) ?? levels.length);
  });
  const known = bins - (hasMissing ? 1 : 0);
  const inBins = (test: (bin: number) => boolean) =>
    Array.from({ length: bins }, (_, bin) => bin < known && test(bin));
  const literals = levels.flatMap((level, i): Literal[] => {
    const is = {
      attribute: name,
      condition: { attribute: name, eq: level },
      bins: inBins((bin) => bin === i),
    };
    // Of two levels, each is what the other is not.
    if (known === 2 && !hasOthers) return [is];
    return [
      is,
      { attribute: name, condition: { attribute: name, neq: level }, bins: inBins((bin) => bin !== i) },
    ];
  });
  const kind = typeof levels[0] === "boolean" ? "flag" : "category";
  const all = [...literals, ...(hasMissing ? missingLiterals(name, bins) : [])];
  return { name, kind, codes, bins, hasMissing, literals: all };
}

/** Groups, where a test says whom a group is, as a definition can. */
function groupedAttribute(
  name: string,
  values: readonly AttributeValue[],
  segments: UnitGroups["segments"],
  least: number,
): CodedAttribute | UnreadableReason {
  const coded = categoryAttribute(name, values, least);
  if (typeof coded === "string") return coded;
  const literals = coded.literals.map((literal): Literal => {
    const { eq, neq }: Tests = "attribute" in literal.condition ? literal.condition : {};
    const whom = segments[String(eq ?? neq)];
    return whom ? { ...literal, condition: eq === undefined ? { not: whom } : whom } : literal;
  });
  return { ...coded, literals };
}

/**
 * Sorts the values of an attribute into bins: numbers and dates by about equal shares, up to ten; other values by level, the
 * twenty most frequent.
 * @param places  of the units that are read
 * @param least   units that a level must have to be one of its own
 * @returns why not, where there is nothing to tell units apart by
 */
export function codedAttribute(
  name: string,
  list: AttributeList,
  places: readonly number[],
  least: number,
): CodedAttribute | UnreadableReason {
  const all = valuesOf(list);
  const isWhole = places.length === all.length;
  if (all instanceof Float64Array)
    return orderedAttribute(
      name,
      isWhole ? all : Float64Array.from(places, (i) => floatAt(all, i)),
      "number",
    );
  const values = isWhole ? all : places.map((i) => all[i]);
  if ("of" in list) return groupedAttribute(name, values, list.segments, least);
  let [numbers, texts, flags, days] = [0, 0, 0, 0];
  for (const value of values) {
    if (isMissing(value)) continue;
    if (typeof value === "number") numbers++;
    else if (typeof value === "boolean") flags++;
    else {
      texts++;
      if (dayPattern.test(value) && !Number.isNaN(instantOf(value))) days++;
    }
  }
  if ([numbers, texts, flags].filter((count) => count > 0).length > 1) return "mixed";
  const read = (numberOf: (value: AttributeValue) => number) => {
    const told = new Float64Array(values.length);
    values.forEach((value, i) => {
      told[i] = isMissing(value) ? Number.NaN : numberOf(value);
    });
    return told;
  };
  if (numbers > 0) return orderedAttribute(name, read(Number), "number");
  if (days > 0 && days === texts)
    return orderedAttribute(
      name,
      read((value) => instantOf(String(value))),
      "date",
    );
  return categoryAttribute(name, values, least);
}
