import { hall } from "../core/hall.js";
import { normalSurvival } from "../distributions/index.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";

/** What the units of each cluster add up to, or each unit where it is its own. */
function clusterSums(values: Float64Array, clusters: Int32Array | undefined): Float64Array {
  if (!clusters) return values;
  const totals = new Map<number, number>();
  values.forEach((value, i) => {
    if (value !== 0) totals.set(placeAt(clusters, i), (totals.get(placeAt(clusters, i)) ?? 0) + value);
  });
  return Float64Array.from(totals.values());
}

/** A weighted mean of scores, and what each unit contributes to its error. */
interface Mean {
  readonly value: number;
  readonly influence: Float64Array;
  readonly weight: number;
}

function meanOf(scores: Float64Array, weights: Float64Array): Mean {
  let [weight, sum] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    weight += floatAt(weights, i);
    sum += floatAt(weights, i) * floatAt(scores, i);
  }
  const value = sum / weight;
  return {
    value,
    weight,
    influence: scores.map((score, i) => (floatAt(weights, i) * (score - value)) / weight),
  };
}

/** A number that was measured, and how well. */
export interface Measured {
  readonly value: number;
  readonly standardError: number;
}

/** The same with how lopsided its errors are: rare outcomes in unequal arms make them so. */
export interface Judged extends Measured {
  readonly skewness: number;
}

/** Beyond this an expansion in the skewness means nothing. */
const mostSkewed = 3;

/** A number with what each unit adds to its error. */
function judged(value: number, influence: Float64Array, clusters: Int32Array | undefined): Judged {
  let [squares, cubes] = [0, 0];
  for (const each of clusterSums(influence, clusters)) {
    squares += each * each;
    cubes += each * each * each;
  }
  const standardError = Math.sqrt(squares);
  const skewness = squares > 0 ? cubes / squares / standardError : 0;
  return { value, standardError, skewness: Math.max(-mostSkewed, Math.min(mostSkewed, skewness)) };
}

/** @returns the mean of a number per unit, with the error that clusters leave it */
export function meanWithError(values: Float64Array, clusters: Int32Array | undefined): Judged {
  const { value, influence } = meanOf(values, new Float64Array(values.length).fill(1));
  return judged(value, influence, clusters);
}

/** @returns the slope of a regression of numbers on others, with the error that unequal spread and clusters leave it */
export function slopeWithError(
  values: Float64Array,
  on: Float64Array,
  clusters: Int32Array | undefined,
): Judged {
  const n = values.length;
  const [level, center] = [values, on].map((list) => list.reduce((sum, each) => sum + each, 0) / n);
  const [y, x] = [values.map((each) => each - (level ?? 0)), on.map((each) => each - (center ?? 0))];
  const squares = x.reduce((sum, each) => sum + each * each, 0);
  if (!(squares > 0)) return { value: 0, standardError: 0, skewness: 0 };
  const slope = x.reduce((sum, each, i) => sum + each * floatAt(y, i), 0) / squares;
  const influence = x.map((each, i) => (each * (floatAt(y, i) - slope * each)) / squares);
  return judged(slope, influence, clusters);
}

/** The effect inside a segment and outside of it, on units that had no part in finding it. */
export interface HeldOut {
  readonly inside: Judged;
  readonly outside: Judged;
  readonly difference: Judged;
  /** Weights inside, over all weights. */
  readonly share: number;
  /** What treating the segment brings, on average over everyone; per unit of outcome, before costs. */
  readonly total: Judged;
}

/**
 * @param scores    of each unit
 * @param inside    how often a unit was held out and inside
 * @param outside   how often it was held out and in the rest that the segment is compared with
 * @param elsewhere how often it was held out and belongs to neither
 * @param cost      of one treated unit, on the scale of the scores
 */
export function heldOutOf(
  scores: Float64Array,
  {
    inside,
    outside,
    elsewhere,
  }: {
    readonly inside: Float64Array;
    readonly outside: Float64Array;
    readonly elsewhere: Float64Array;
  },
  cost: number,
  clusters: Int32Array | undefined,
): HeldOut {
  const measured = ({ value, influence }: Mean) => judged(value, influence, clusters);
  const [own, rest] = [meanOf(scores, inside), meanOf(scores, outside)];
  const everyone = inside.map((each, i) => each + floatAt(outside, i) + floatAt(elsewhere, i));
  // The share of the segment is estimated too, so its part of the gain is a mean over everyone.
  const gains = scores.map((score, i) =>
    floatAt(everyone, i) > 0 ? ((score - cost) * floatAt(inside, i)) / floatAt(everyone, i) : 0,
  );
  const total = meanOf(gains, everyone);
  const gap = own.influence.map((each, i) => each - floatAt(rest.influence, i));
  return {
    inside: measured(own),
    outside: measured(rest),
    difference: judged(own.value - rest.value, gap, clusters),
    share: own.weight / total.weight,
    total: measured(total),
  };
}

/** Units that either side must have for its spread to be known. */
const fewest = 30;

/**
 * One-sided p-value of "the effect inside is no larger than outside" (no smaller, where `sign` is −1), among some units.
 * @returns 1 where a side has too few units to say
 */
export function contrastP(
  scores: Float64Array,
  units: Int32Array,
  members: Uint8Array,
  sign: number,
  clusters: Int32Array | undefined,
): number {
  const isIn = (i: number) => byteAt(members, i) === 1;
  const [own, rest] = [units.filter(isIn), units.filter((i) => !isIn(i))];
  if (own.length < fewest || rest.length < fewest) return 1;
  const mean = (list: Int32Array) => {
    let sum = 0;
    for (let k = 0; k < list.length; k++) sum += floatAt(scores, placeAt(list, k));
    return sum / list.length;
  };
  const [a, b] = [mean(own), mean(rest)];
  const influence = Float64Array.from(units, (i) =>
    isIn(i) ? (floatAt(scores, i) - a) / own.length : -(floatAt(scores, i) - b) / rest.length,
  );
  const ofUnits = clusters && Int32Array.from(units, (i) => placeAt(clusters, i));
  const { standardError, skewness } = judged(a - b, influence, ofUnits);
  return standardError > 0 ? normalSurvival(sign * hall((a - b) / standardError, skewness)) : 1;
}
