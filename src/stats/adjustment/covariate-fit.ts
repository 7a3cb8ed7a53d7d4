import type { Moments } from "../../core/moments.js";
import { chiSquareSurvival } from "../../distributions/index.js";
import { packedIndex } from "../../linear/index.js";
import { mergeChecked } from "../moments/merge-moments.js";
import { slopesOf } from "./slopes.js";

/** What covariates explain of some values within arms, and whether they are alike in all arms. */
export interface CovariateFit {
  /** Units of all arms. */
  readonly units: number;
  /** Of each value, the slopes on every covariate; 0 for those left out. */
  readonly slopes: readonly (readonly number[])[];
  /** Covariates that vary, and do not follow from those before them. */
  readonly informative: number;
  /** Of the covariates' means being alike in all arms of a stratum; 1 where none varies. */
  readonly balance: number;
  /** @returns the share of the variance of a weighted sum of the values that the covariates explain, in [0, 1) */
  explained(weights: readonly number[]): number;
}

/**
 * Fits covariates to values over several arms: one slope for all of them, from what varies within arms.
 * @param strata  arms' moments by the stratum in which they were allocated: values first, then covariates; not checked
 * @param own     how many are values
 * @source Deng, Xu, Kohavi & Walker (2013), WSDM, for the slope; Mahalanobis' distance of the covariates' means, χ²
 */
export function covariateFit(strata: readonly (readonly Moments[])[], own: number): CovariateFit {
  const arms = strata.flat();
  const names = arms[0]?.names ?? [];
  const k = names.length - own;
  const within = names.flatMap((_, i) =>
    Array.from({ length: i + 1 }, (_, j) =>
      arms.reduce((sum, { comoment }) => sum + (comoment[packedIndex(i, j)] ?? 0), 0),
    ),
  );
  const both = (i: number, j: number) => within[packedIndex(i, j)] ?? 0;
  /** The covariates' comoments beneath another first row. */
  const beneath = (first: readonly number[]) => [
    0,
    ...first.flatMap((each, i) => [each, ...first.slice(0, i + 1).map((_, j) => both(own + i, own + j))]),
  ];
  const onCovariates = (at: number) => Array.from({ length: k }, (_, i) => both(at, own + i));
  const fits = Array.from({ length: own }, (_, at) => slopesOf(beneath(onCovariates(at)), k));
  const informative = k - (fits[0]?.dropped.length ?? 0);
  const units = arms.reduce((sum, { n }) => sum + n, 0);
  const df = units - arms.length;
  let distance = 0;
  let free = 0;
  for (const stratum of strata) {
    const filled = stratum.filter(({ n }) => n > 0);
    if (filled.length < 2) continue;
    const all = filled.reduce(mergeChecked);
    for (const { n, mean } of filled) {
      const gaps = Array.from({ length: k }, (_, i) => (mean[own + i] ?? 0) - (all.mean[own + i] ?? 0));
      const { slopes } = slopesOf(beneath(gaps), k);
      distance += n * df * slopes.reduce((sum, weight, i) => sum + weight * (gaps[i] ?? 0), 0);
    }
    free += informative * (filled.length - 1);
  }
  return {
    units,
    slopes: fits.map(({ slopes }) => slopes),
    informative,
    balance: free > 0 ? chiSquareSurvival(Math.max(0, distance), free) : 1,
    explained(weights) {
      let [total, part] = [0, 0];
      weights.forEach((a, i) => {
        weights.forEach((b, j) => {
          total += a * b * both(i, j);
        });
        onCovariates(i).forEach((comoment, c) => {
          weights.forEach((b, j) => {
            part += a * b * comoment * (fits[j]?.slopes[c] ?? 0);
          });
        });
      });
      return total > 0 ? Math.min(1 - Number.EPSILON, Math.max(0, part / total)) : 0;
    },
  };
}
