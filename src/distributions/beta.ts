import { argument, positive, probability } from "./argument.js";
import { logBetaPower, logBetaTail, logRatioQuantile } from "./incomplete-beta.js";

/** Both halves of a number: their products with another's halves are exact. */
function halves(x: number): [high: number, low: number] {
  const shifted = 134217729 * x;
  const high = shifted - (shifted - x);
  return [high, x - high];
}

/**
 * Variance ratio r at x, with r − 1, which without care would lose half its digits near the mean.
 * x − a/(a + b) is found from the exact product (a + b)·x.
 */
export function betaRatio(x: number, a: number, b: number): [r: number, d: number] {
  const n = a + b;
  const more = n - a;
  const lost = a - (n - more) + (b - more);
  const [nHigh, nLow] = halves(n);
  const [xHigh, xLow] = halves(x);
  const lambda = nHigh * xHigh - a + nHigh * xLow + nLow * xHigh + (nLow * xLow + lost * x);
  const scale = a * (1 - x);
  return [(b * x) / scale, lambda / scale];
}

function logTail(upper: boolean, x: number, a: number, b: number): number {
  argument(x, "x");
  positive(a, "a");
  positive(b, "b");
  if (x <= 0 || x >= 1) return x <= 0 === upper ? 0 : -Infinity;
  return logBetaTail(upper, a, b, ...betaRatio(x, a, b));
}

/**
 * Beta distribution function, P(X ≤ x): the regularised incomplete beta function.
 * @param x  any number; 0 below 0, 1 above 1
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns probability, relative error below 1e-12 for shapes from 1e-3 to 1e7
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["a"] or ["b"]
 * @source Didonato and Morris (1992), ACM TOMS 18, with Loader's deviance
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * betaCdf(0.5, 2, 3); // 0.6875
 */
export function betaCdf(x: number, a: number, b: number): number {
  return Math.exp(logTail(false, x, a, b));
}

/**
 * Beta survival function, P(X > x).
 * @param x  any number; 1 below 0, 0 above 1
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns probability, relative error below 1e-12 for shapes from 1e-3 to 1e7
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["a"] or ["b"]
 * @source as `betaCdf`
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * betaSurvival(0.5, 2, 3); // 0.3125
 */
export function betaSurvival(x: number, a: number, b: number): number {
  return Math.exp(logTail(true, x, a, b));
}

/**
 * log P(X ≤ x) of the beta distribution, also where the probability itself underflows.
 * @param x  any number
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["a"] or ["b"]
 * @source as `betaCdf`
 * @example
 * betaLogCdf(1e-200, 2, 3); // -919.2
 */
export function betaLogCdf(x: number, a: number, b: number): number {
  return logTail(false, x, a, b);
}

/**
 * log P(X > x) of the beta distribution, also where the probability itself underflows.
 * @param x  any number
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["a"] or ["b"]
 * @source as `betaCdf`
 * @example
 * betaLogSurvival(0.999, 2, 300); // -2067
 */
export function betaLogSurvival(x: number, a: number, b: number): number {
  return logTail(true, x, a, b);
}

/**
 * Logarithm of the beta density.
 * @param x  any number; −Infinity outside [0, 1]
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns natural logarithm of the density; Infinity at an end where the density has a pole
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["a"] or ["b"]
 * @source Loader (2000)
 * @example
 * betaLogPdf(0.999, 2, 300); // -2054
 */
export function betaLogPdf(x: number, a: number, b: number): number {
  argument(x, "x");
  positive(a, "a");
  positive(b, "b");
  if (x < 0 || x > 1) return -Infinity;
  // at an end the density is a pole, 0, or (shape 1) the other shape
  if (x === 0) return a === 1 ? Math.log(b) : a < 1 ? Infinity : -Infinity;
  if (x === 1) return b === 1 ? Math.log(a) : b < 1 ? Infinity : -Infinity;
  return logBetaPower(a, b, ...betaRatio(x, a, b)) - Math.log(x) - Math.log1p(-x);
}

/**
 * Beta density.
 * @param x  any number; 0 outside [0, 1]
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns density at x; Infinity at an end where it has a pole
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"], ["a"] or ["b"]
 * @source Loader (2000)
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * betaPdf(0.5, 2, 3); // 1.5
 */
export function betaPdf(x: number, a: number, b: number): number {
  return Math.exp(betaLogPdf(x, a, b));
}

function quantile(lower: number, upper: number, a: number, b: number): number {
  positive(a, "a");
  positive(b, "b");
  const r = Math.exp(logRatioQuantile(a, b, lower, upper));
  return r > 1 ? 1 / (1 + b / r / a) : (a * r) / (a * r + b);
}

/**
 * Beta quantile: the x with P(X ≤ x) = p.
 * @param p  probability in [0, 1]
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns x in [0, 1], relative error below 1e-11
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"], ["a"] or ["b"]
 * @source bracketed Newton method on the logarithm of the tail
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * betaQuantile(0.5, 2, 3); // 0.3857
 */
export function betaQuantile(p: number, a: number, b: number): number {
  return quantile(probability(p), 1 - p, a, b);
}

/**
 * Beta quantile of the upper tail: the x with P(X > x) = p, which reaches p = 1e-300.
 * @param p  probability in [0, 1]
 * @param a  first shape, positive, finite
 * @param b  second shape, positive, finite
 * @returns x in [0, 1]
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"], ["a"] or ["b"]
 * @source as `betaQuantile`
 * @example
 * betaSurvivalQuantile(0.05, 2, 3); // 0.7514
 */
export function betaSurvivalQuantile(p: number, a: number, b: number): number {
  return quantile(1 - probability(p), p, a, b);
}
