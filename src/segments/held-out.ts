import { normalSurvival } from "../distributions/index.js";
import { byteAt, floatAt, placeAt } from "./number-at.js";

/** Sums of the units of each cluster, or of each unit where it is its own. */
function sumSquares(values: Float64Array, clusters: Int32Array | undefined): number {
  let sum = 0;
  if (!clusters) {
    for (const value of values) sum += value * value;
    return sum;
  }
  const totals = new Map<number, number>();
  values.forEach((value, i) => {
    if (value !== 0) totals.set(placeAt(clusters, i), (totals.get(placeAt(clusters, i)) ?? 0) + value);
  });
  for (const total of totals.values()) sum += total * total;
  return sum;
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

/** @returns the mean of a number per unit, with the error that clusters leave it */
export function meanWithError(values: Float64Array, clusters: Int32Array | undefined): Measured {
  const { value, influence } = meanOf(values, new Float64Array(values.length).fill(1));
  return { value, standardError: Math.sqrt(sumSquares(influence, clusters)) };
}

/** The effect inside a segment and outside of it, on units that had no part in finding it. */
export interface HeldOut {
  readonly inside: Measured;
  readonly outside: Measured;
  readonly difference: Measured;
  /** Weights inside, over all weights. */
  readonly share: number;
  /** What treating the segment brings, on average over everyone; per unit of outcome, before costs. */
  readonly total: Measured;
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
  const measured = ({ value, influence }: Mean): Measured => ({
    value,
    standardError: Math.sqrt(sumSquares(influence, clusters)),
  });
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
    difference: { value: own.value - rest.value, standardError: Math.sqrt(sumSquares(gap, clusters)) },
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
  const error = Math.sqrt(sumSquares(influence, ofUnits));
  return error > 0 ? normalSurvival((sign * (a - b)) / error) : 1;
}
