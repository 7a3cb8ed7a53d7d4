import { argument, positive, probability } from "./argument.js";
import { gammaRoot, logGammaTail } from "./gamma.js";

function logTail(upper: boolean, x: number, df: number): number {
  return logGammaTail(upper, argument(x, "x") / 2, positive(df, "df") / 2);
}

/**
 * χ² distribution function, P(X ≤ x).
 * @param x   any number; 0 below 0
 * @param df  degrees of freedom, positive, finite, need not be an integer
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source incomplete gamma function, see `gammaCdf`
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * chiSquareCdf(3.84, 1); // 0.95
 */
export function chiSquareCdf(x: number, df: number): number {
  return Math.exp(logTail(false, x, df));
}

/**
 * χ² survival function, P(X > x).
 * @param x   any number; 1 below 0
 * @param df  degrees of freedom, positive, finite, need not be an integer
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source incomplete gamma function, see `gammaSurvival`
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * chiSquareSurvival(3.84, 1); // 0.05004
 */
export function chiSquareSurvival(x: number, df: number): number {
  return Math.exp(logTail(true, x, df));
}

/**
 * log P(X ≤ x) of χ², also where the probability itself underflows.
 * @param x   any number
 * @param df  degrees of freedom, positive, finite
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source incomplete gamma function, see `gammaLogCdf`
 * @example
 * chiSquareLogCdf(1e-9, 2); // -21.42
 */
export function chiSquareLogCdf(x: number, df: number): number {
  return logTail(false, x, df);
}

/**
 * log P(X > x) of χ², also where the probability itself underflows.
 * @param x   any number
 * @param df  degrees of freedom, positive, finite
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["df"]
 * @source incomplete gamma function, see `gammaLogSurvival`
 * @example
 * chiSquareLogSurvival(2000, 1); // -1004
 */
export function chiSquareLogSurvival(x: number, df: number): number {
  return logTail(true, x, df);
}

/**
 * χ² quantile: the x with P(X ≤ x) = p.
 * @param p   probability in [0, 1]
 * @param df  degrees of freedom, positive, finite
 * @returns x ≥ 0; Infinity at p = 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"] or ["df"]
 * @source bracketed Newton method on the logarithm of the tail
 * @example
 * chiSquareQuantile(0.95, 1); // 3.841
 */
export function chiSquareQuantile(p: number, df: number): number {
  return 2 * gammaRoot(probability(p), 1 - p, positive(df, "df") / 2);
}

/**
 * χ² quantile of the upper tail: the x with P(X > x) = p, which reaches p = 1e-300.
 * @param p   probability in [0, 1]
 * @param df  degrees of freedom, positive, finite
 * @returns x ≥ 0; Infinity at p = 0
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"] or ["df"]
 * @source as `chiSquareQuantile`
 * @example
 * chiSquareSurvivalQuantile(0.05, 1); // 3.841
 */
export function chiSquareSurvivalQuantile(p: number, df: number): number {
  return 2 * gammaRoot(1 - probability(p), p, positive(df, "df") / 2);
}
