import type { Moments } from "../../core/moments.js";
import { tSurvival } from "../../distributions/index.js";
import { packedIndex } from "../../linear/index.js";
import type { MeasuredEffect } from "../heterogeneity/check-effects.js";

/** Both sides of a contrast among units that were allocated alike, with two values per unit: one first, one last. */
export interface FirstAndLast {
  readonly control: Moments;
  readonly treatment: Moments;
}

/** An effect first and last, on one scale, and the change between them. */
export interface EffectChange {
  readonly first: MeasuredEffect;
  readonly last: MeasuredEffect;
  readonly change: MeasuredEffect;
  /** Degrees of freedom. */
  readonly df: number;
  /** Two-sided, of "no change". */
  readonly pValue: number;
}

/** Means of both values on a side, and what their covariance is made of, stratum by stratum. */
interface Side {
  readonly mean: readonly [first: number, last: number];
  readonly parts: readonly {
    readonly df: number;
    /** Of the means: first, both, last. */
    readonly covariance: readonly [number, number, number];
  }[];
}

function sideOf(strata: readonly FirstAndLast[], side: "control" | "treatment"): Side {
  const total = strata.reduce((sum, { control, treatment }) => sum + control.n + treatment.n, 0);
  const mean: [number, number] = [0, 0];
  const parts = strata.map((stratum) => {
    const { n, mean: own, comoment } = stratum[side];
    const weight = (stratum.control.n + stratum.treatment.n) / total;
    mean[0] += weight * (own[0] ?? 0);
    mean[1] += weight * (own[1] ?? 0);
    const of = (i: number, j: number) => (weight * weight * (comoment[packedIndex(i, j)] ?? 0)) / (n - 1) / n;
    return { df: n - 1, covariance: [of(0, 0), of(1, 0), of(1, 1)] as const };
  });
  return { mean, parts };
}

/** Variance of `a` times the first mean plus `b` times the last, part by part. */
const spreads = ({ parts }: Side, a: number, b: number): readonly number[] =>
  parts.map(({ covariance: [first, both, last] }) => a * a * first + 2 * a * b * both + b * b * last);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** An effect on a scale on which sides are `value` of a mean, with that scale's derivative. */
function changeOn(
  [control, treatment]: readonly [Side, Side],
  value: (mean: number) => number,
  slope: (mean: number) => number,
): EffectChange | undefined {
  const effect = (at: 0 | 1): MeasuredEffect => ({
    value: value(treatment.mean[at]) - value(control.mean[at]),
    standardError: Math.sqrt(
      sum(
        [control, treatment].flatMap((side) => {
          const own = slope(side.mean[at]);
          return at === 0 ? spreads(side, own, 0) : spreads(side, 0, own);
        }),
      ),
    ),
  });
  const [first, last] = [effect(0), effect(1)];
  const sides = [control, treatment].map((side) => ({
    variances: spreads(side, -slope(side.mean[0]), slope(side.mean[1])),
    dfs: side.parts.map(({ df }) => df),
  }));
  const variance = sum(sides.flatMap(({ variances }) => variances));
  if (!(variance > 0)) return undefined;
  // Welch's degrees of freedom, over all parts.
  const df =
    (variance * variance) /
    sum(sides.flatMap(({ variances, dfs }) => variances.map((each, i) => (each * each) / (dfs[i] ?? 1))));
  const change = { value: last.value - first.value, standardError: Math.sqrt(variance) };
  const pValue = Math.min(1, 2 * tSurvival(Math.abs(change.value) / change.standardError, df));
  return { first, last, change, df, pValue };
}

/**
 * How an effect changes between two values of the same units: in differences, and in proportion, as differences of logarithms.
 * @param strata  moments of the two values with their cross-moment, n ≥ 2 on each side; averaged by their share of the units
 * @returns `difference` in the values' unit, absent without variance; `ratio` in logarithms, absent too where a mean is not
 *          positive
 * @source Welch (1947), Biometrika 34, of the change per unit; the delta method for logarithms
 */
export function effectChange(strata: readonly FirstAndLast[]): {
  readonly difference?: EffectChange;
  readonly ratio?: EffectChange;
} {
  const sides = [sideOf(strata, "control"), sideOf(strata, "treatment")] as const;
  const difference = changeOn(
    sides,
    (mean) => mean,
    () => 1,
  );
  const positive = sides.every(({ mean }) => mean.every((each) => each > 0));
  const ratio = positive ? changeOn(sides, Math.log, (mean) => 1 / mean) : undefined;
  return { ...(difference ? { difference } : {}), ...(ratio ? { ratio } : {}) };
}
