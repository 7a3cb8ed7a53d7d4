import { argument, degrees, probability } from "./argument.js";
import { GAMMA, logBetaTail, logRatioQuantile } from "./incomplete-beta.js";

/** Half the degrees of freedom; infinitely many become a shape that is as good as infinite. */
function half(df: number, name: string): number {
  return Math.min(degrees(df, name) / 2, GAMMA);
}

function logTail(upper: boolean, x: number, d1: number, d2: number): number {
  argument(x, "x");
  return logBetaTail(upper, half(d1, "d1"), half(d2, "d2"), Math.max(x, 0));
}

/**
 * F distribution function, P(X ≤ x).
 * @param x   any number; 0 below 0
 * @param d1  degrees of freedom of the numerator > 0, Infinity allowed
 * @param d2  degrees of freedom of the denominator > 0, Infinity allowed
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["d1"] or ["d2"]
 * @source incomplete beta function, DLMF 8.17
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * fCdf(3, 2, 30); // 0.9351
 */
export function fCdf(x: number, d1: number, d2: number): number {
  return Math.exp(logTail(false, x, d1, d2));
}

/**
 * F survival function, P(X > x).
 * @param x   any number; 1 below 0
 * @param d1  degrees of freedom of the numerator > 0, Infinity allowed
 * @param d2  degrees of freedom of the denominator > 0, Infinity allowed
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["d1"] or ["d2"]
 * @source incomplete beta function, DLMF 8.17
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * fSurvival(3, 2, 30); // 0.06491
 */
export function fSurvival(x: number, d1: number, d2: number): number {
  return Math.exp(logTail(true, x, d1, d2));
}

/**
 * log P(X > x) of the F distribution, also where the probability itself underflows.
 * @param x   any number
 * @param d1  degrees of freedom of the numerator > 0, Infinity allowed
 * @param d2  degrees of freedom of the denominator > 0, Infinity allowed
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["d1"] or ["d2"]
 * @source as `fSurvival`
 * @example
 * fLogSurvival(1e6, 2, 300); // -1321
 */
export function fLogSurvival(x: number, d1: number, d2: number): number {
  return logTail(true, x, d1, d2);
}

/**
 * F quantile: the x with P(X ≤ x) = p.
 * @param p   probability in [0, 1]
 * @param d1  degrees of freedom of the numerator > 0, Infinity allowed
 * @param d2  degrees of freedom of the denominator > 0, Infinity allowed
 * @returns x ≥ 0; Infinity at p = 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"], ["d1"] or ["d2"]
 * @source bracketed Newton method on the logarithm of the tail
 * @example
 * fQuantile(0.95, 2, 30); // 3.316
 */
export function fQuantile(p: number, d1: number, d2: number): number {
  return Math.exp(logRatioQuantile(half(d1, "d1"), half(d2, "d2"), probability(p), 1 - p));
}

/**
 * F quantile of the upper tail: the x with P(X > x) = p, which reaches p = 1e-300.
 * @param p   probability in [0, 1]
 * @param d1  degrees of freedom of the numerator > 0, Infinity allowed
 * @param d2  degrees of freedom of the denominator > 0, Infinity allowed
 * @returns x ≥ 0; Infinity at p = 0
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"], ["d1"] or ["d2"]
 * @source as `fQuantile`
 * @example
 * fSurvivalQuantile(0.05, 2, 30); // 3.316
 */
export function fSurvivalQuantile(p: number, d1: number, d2: number): number {
  return Math.exp(logRatioQuantile(half(d1, "d1"), half(d2, "d2"), 1 - probability(p), p));
}
