import { argument, degrees, probability } from "./argument.js";
import { GAMMA, logBetaTail, logRatioQuantile } from "./incomplete-beta.js";
import { logBeta } from "./log-gamma.js";
import {
  normalLogSurvival,
  normalPdf,
  normalQuantile,
  normalSurvival,
  normalSurvivalQuantile,
} from "./normal.js";

/** log P(|T| > |x|). */
function logTwoTails(x: number, df: number): number {
  const size = Math.abs(x);
  return logBetaTail(true, 0.5, df / 2, size * size, (size - 1) * (size + 1), 2 * Math.log(size));
}

/**
 * Student t survival function, P(T > x).
 * @param x   any number, ±Infinity included
 * @param df  degrees of freedom > 0, need not be an integer; Infinity is the normal distribution
 * @returns probability, relative error below 1e-12 in the upper tail down to 1e-300
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source incomplete beta function, DLMF 8.17
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * tSurvival(2, 10); // 0.03669
 */
export function tSurvival(x: number, df: number): number {
  argument(x, "x");
  if (degrees(df) > GAMMA) return normalSurvival(x);
  const tail = Math.exp(logTwoTails(x, df)) / 2;
  return x > 0 ? tail : 1 - tail;
}

/**
 * Student t distribution function, P(T ≤ x).
 * @param x   any number, ±Infinity included
 * @param df  degrees of freedom > 0, need not be an integer; Infinity is the normal distribution
 * @returns probability, relative error below 1e-12 in the lower tail down to 1e-300
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source incomplete beta function, DLMF 8.17
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * tCdf(2, 10); // 0.9633
 */
export function tCdf(x: number, df: number): number {
  return tSurvival(-argument(x, "x"), df);
}

/**
 * log P(T > x), also where the probability itself underflows.
 * @param x   any number, ±Infinity included
 * @param df  degrees of freedom > 0; Infinity is the normal distribution
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source as `tSurvival`
 * @example
 * tLogSurvival(50, 10); // -29.72
 */
export function tLogSurvival(x: number, df: number): number {
  argument(x, "x");
  if (degrees(df) > GAMMA) return normalLogSurvival(x);
  const log = logTwoTails(x, df) - Math.LN2;
  return x > 0 ? log : Math.log1p(-Math.exp(log));
}

/**
 * log P(T ≤ x), also where the probability itself underflows.
 * @param x   any number, ±Infinity included
 * @param df  degrees of freedom > 0; Infinity is the normal distribution
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source as `tCdf`
 * @example
 * tLogCdf(-50, 10); // -29.72
 */
export function tLogCdf(x: number, df: number): number {
  return tLogSurvival(-argument(x, "x"), df);
}

/**
 * Student t density.
 * @param x   any number, ±Infinity included
 * @param df  degrees of freedom > 0; Infinity is the normal distribution
 * @returns density at x
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source definition
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * tPdf(0, 10); // 0.3891
 */
export function tPdf(x: number, df: number): number {
  argument(x, "x");
  if (degrees(df) > GAMMA) return normalPdf(x);
  const square = Math.min((x / df) * x, 1e308);
  return Math.exp(-((df + 1) / 2) * Math.log1p(square) - logBeta(0.5, df / 2)) / Math.sqrt(df);
}

/**
 * Student t quantile: the x with P(T ≤ x) = p.
 * @param p   probability in [0, 1]
 * @param df  degrees of freedom > 0; Infinity is the normal distribution
 * @returns x; ∓Infinity at 0 and 1, and where x is too large for a number
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"] or ["df"]
 * @source bracketed Newton method on the logarithm of the tail, from Abramowitz and Stegun 26.7.5
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * tQuantile(0.975, 10); // 2.228
 */
export function tQuantile(p: number, df: number): number {
  probability(p);
  if (degrees(df) > GAMMA) return normalQuantile(p);
  const tail = Math.min(p, 1 - p);
  const z = normalSurvivalQuantile(tail);
  const start = 2 * Math.log(z + (z * (z * z + 1)) / (4 * df));
  const size = Math.exp(logRatioQuantile(0.5, df / 2, Math.abs(1 - 2 * p), 2 * tail, start) / 2);
  return p < 0.5 ? -size : size;
}

/**
 * Student t quantile of the upper tail: the x with P(T > x) = p, which reaches p = 1e-300.
 * @param p   probability in [0, 1]
 * @param df  degrees of freedom > 0; Infinity is the normal distribution
 * @returns x; ±Infinity at 0 and 1, and where x is too large for a number
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"] or ["df"]
 * @source as `tQuantile`
 * @example
 * tSurvivalQuantile(1e-12, 10); // 40.53
 */
export function tSurvivalQuantile(p: number, df: number): number {
  return 0 - tQuantile(p, df);
}
