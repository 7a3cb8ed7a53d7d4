import { chiSquareSurvival } from "../distributions/index.js";
import {
  type AttributeList,
  type CodedAttribute,
  codedAttribute,
  type UnreadableReason,
} from "./attribute.js";
import { byteAt, floatAt, shortAt } from "./number-at.js";

/**
 * Why an attribute was not looked at: it never varies, is (nearly) unique to each unit, holds values of several types; follows
 * the variant so closely that it tells it, differs between variants beyond chance, as what was recorded after the exposure
 * does, or is the outcome itself.
 */
export interface RefusedAttribute {
  readonly attribute: string;
  readonly reason: UnreadableReason | "tells_variant" | "moved_by_variant" | "tells_outcome";
  /** Of "the attribute is the same in all variants", where that was tested; corrected over all attributes. */
  readonly pValue?: number;
}

const doubt = 0.001;
/** Cramér's V from which an attribute tells the variant. */
const plain = 0.5;
const sameAsOutcome = 0.98;

/** Independence of bins and variants: χ², bins too thin for it together. */
function independenceOf({ codes, bins }: CodedAttribute, variant: Uint8Array, variants: number) {
  const counts = new Float64Array(bins * variants);
  const arms = new Float64Array(variants);
  for (let i = 0; i < codes.length; i++) {
    const arm = byteAt(variant, i);
    const cell = byteAt(codes, i) * variants + arm;
    counts[cell] = floatAt(counts, cell) + 1;
    arms[arm] = floatAt(arms, arm) + 1;
  }
  const n = codes.length;
  const smallest = Math.min(...arms) / n;
  const rows: Float64Array[] = [];
  const thin = new Float64Array(variants);
  for (let bin = 0; bin < bins; bin++) {
    const row = counts.slice(bin * variants, (bin + 1) * variants);
    const total = row.reduce((sum, each) => sum + each, 0);
    if (total * smallest >= 5) rows.push(row);
    else for (let arm = 0; arm < variants; arm++) thin[arm] = floatAt(thin, arm) + floatAt(row, arm);
  }
  if (thin.some((each) => each > 0)) rows.push(thin);
  if (rows.length < 2) return { pValue: 1, v: 0 };
  let statistic = 0;
  for (const row of rows) {
    const total = row.reduce((sum, each) => sum + each, 0);
    for (let arm = 0; arm < variants; arm++) {
      const expected = (total * floatAt(arms, arm)) / n;
      const gap = floatAt(row, arm) - expected;
      statistic += (gap * gap) / expected;
    }
  }
  const df = (rows.length - 1) * (variants - 1);
  return {
    pValue: chiSquareSurvival(statistic, df),
    v: Math.sqrt(statistic / n / Math.min(rows.length - 1, variants - 1)),
  };
}

/** Squared correlation of a number with the outcome. */
function sameness(numbers: Float32Array, outcome: Float64Array): number {
  let [mx, my, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < numbers.length; i++) {
    const [x, y] = [shortAt(numbers, i), floatAt(outcome, i)];
    const [dx, dy] = [x - mx, y - my];
    mx += dx / (i + 1);
    my += dy / (i + 1);
    xx += dx * (x - mx);
    yy += dy * (y - my);
    xy += dx * (y - my);
  }
  return xx > 0 && yy > 0 ? (xy * xy) / xx / yy : 0;
}

/** Attributes that may be searched, and those that may not. */
interface SortedAttributes {
  readonly coded: readonly CodedAttribute[];
  readonly refused: readonly RefusedAttribute[];
}

/**
 * Sorts attributes into those that may be searched and those that may not, with the reason.
 * Yields how many of the attributes were sorted, after each.
 * @param places  of the units that are read, in the attributes' lists
 */
export function* sortAttributes(
  attributes: Readonly<Record<string, AttributeList>>,
  places: readonly number[],
  {
    variant,
    variants,
    outcome,
    least,
  }: {
    readonly variant: Uint8Array;
    readonly variants: number;
    readonly outcome: Float64Array;
    readonly least: number;
  },
): Generator<number, SortedAttributes> {
  const names = Object.keys(attributes).sort();
  const coded: CodedAttribute[] = [];
  const refused: RefusedAttribute[] = [];
  for (const [done, name] of names.entries()) {
    yield done / names.length;
    const list = attributes[name] ?? [];
    const own = codedAttribute(name, list, places, least);
    if (typeof own === "string") {
      refused.push({ attribute: name, reason: own });
      continue;
    }
    const { pValue, v } = independenceOf(own, variant, variants);
    const corrected = Math.min(1, pValue * names.length);
    if (corrected < doubt)
      refused.push({
        attribute: name,
        reason: v >= plain ? "tells_variant" : "moved_by_variant",
        pValue: corrected,
      });
    else if (own.numbers && sameness(own.numbers, outcome) > sameAsOutcome)
      refused.push({ attribute: name, reason: "tells_outcome" });
    else coded.push(own);
  }
  return { coded, refused };
}

/** The same, at once. */
export function readAttributes(...given: Parameters<typeof sortAttributes>): SortedAttributes {
  const steps = sortAttributes(...given);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
