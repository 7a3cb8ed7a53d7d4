import { argument, degrees } from "./argument.js";
import { normalSurvival } from "./normal.js";
import { scaleAverage } from "./scale-average.js";

/**
 * Noncentral t survival function, P(T > x) with T = (Z + ncp) / √(χ²/df).
 * @param x    any number, ±Infinity included
 * @param df   degrees of freedom > 0; Infinity is the normal distribution around ncp
 * @param ncp  noncentrality, finite
 * @returns probability, relative error about 1e-12 in the upper tail too
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["df"] or ["ncp"]
 * @source the normal tail averaged over √(χ²/df), trapezoidal rule on log scale
 * @checked test/reference/distributions-extra.json — mpmath 1.3.0
 * @example
 * noncentralTSurvival(2, 10, 1); // 0.1924
 */
export function noncentralTSurvival(x: number, df: number, ncp: number): number {
  argument(x, "x");
  degrees(df);
  argument(ncp, "ncp", Math.abs(ncp) < Infinity);
  if (Math.abs(x) === Infinity) return x > 0 ? 0 : 1;
  return scaleAverage((s) => normalSurvival(x * s - ncp), df, ncp * ncp);
}

/**
 * Noncentral t distribution function, P(T ≤ x) with T = (Z + ncp) / √(χ²/df).
 * @param x    any number, ±Infinity included
 * @param df   degrees of freedom > 0; Infinity is the normal distribution around ncp
 * @param ncp  noncentrality, finite
 * @returns probability, relative error about 1e-12 in the lower tail too
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["df"] or ["ncp"]
 * @source as `noncentralTSurvival`
 * @checked test/reference/distributions-extra.json — mpmath 1.3.0
 * @example
 * noncentralTCdf(2, 10, 1); // 0.8076
 */
export function noncentralTCdf(x: number, df: number, ncp: number): number {
  return noncentralTSurvival(-argument(x, "x"), df, -argument(ncp, "ncp"));
}
