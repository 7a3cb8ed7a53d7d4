import { argument, positive, probability } from "./argument.js";
import { GAMMA, logBetaPower, logBetaTail, logRatioQuantile } from "./incomplete-beta.js";

/** log P(X ≤ x), or log P(X > x) if `upper`, of the gamma distribution with rate 1. */
export function logGammaTail(upper: boolean, x: number, shape: number): number {
  return logBetaTail(upper, shape, GAMMA, Math.max(x, 0) / shape, (x - shape) / shape);
}

/** x with lower and upper tail as given, of which the smaller counts. */
export function gammaRoot(lower: number, upper: number, shape: number): number {
  return shape * Math.exp(logRatioQuantile(shape, GAMMA, lower, upper));
}

function logTail(upper: boolean, x: number, shape: number): number {
  return logGammaTail(upper, argument(x, "x"), positive(shape, "shape"));
}

/**
 * Gamma distribution function with rate 1, P(X ≤ x): the regularised incomplete gamma function P(shape, x).
 * @param x      any number; 0 below 0
 * @param shape  positive, finite
 * @returns probability, relative error below 1e-12 for shapes from 1e-3 on
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["shape"]
 * @source the limit of the incomplete beta function; Didonato and Morris (1992), Loader (2000)
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * gammaCdf(2, 3); // 0.3233
 */
export function gammaCdf(x: number, shape: number): number {
  return Math.exp(logTail(false, x, shape));
}

/**
 * Gamma survival function with rate 1, P(X > x).
 * @param x      any number; 1 below 0
 * @param shape  positive, finite
 * @returns probability, relative error below 1e-12 for shapes from 1e-3 on
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["shape"]
 * @source as `gammaCdf`
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * gammaSurvival(2, 3); // 0.6767
 */
export function gammaSurvival(x: number, shape: number): number {
  return Math.exp(logTail(true, x, shape));
}

/**
 * log P(X ≤ x) of the gamma distribution with rate 1, also where the probability itself underflows.
 * @param x      any number
 * @param shape  positive, finite
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["shape"]
 * @source as `gammaCdf`
 * @example
 * gammaLogCdf(1e-200, 3); // -1383
 */
export function gammaLogCdf(x: number, shape: number): number {
  return logTail(false, x, shape);
}

/**
 * log P(X > x) of the gamma distribution with rate 1, also where the probability itself underflows.
 * @param x      any number
 * @param shape  positive, finite
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["shape"]
 * @source as `gammaCdf`
 * @example
 * gammaLogSurvival(2000, 3); // -1985
 */
export function gammaLogSurvival(x: number, shape: number): number {
  return logTail(true, x, shape);
}

/**
 * Gamma density with rate 1.
 * @param x      any number; 0 below 0
 * @param shape  positive, finite
 * @returns density at x; Infinity at 0 when shape < 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["x"] or ["shape"]
 * @source Loader (2000)
 * @example
 * gammaPdf(2, 3); // 0.2707
 */
export function gammaPdf(x: number, shape: number): number {
  argument(x, "x");
  positive(shape, "shape");
  if (x === 0) return shape === 1 ? 1 : shape < 1 ? Infinity : 0;
  if (x < 0) return 0;
  return Math.exp(logBetaPower(shape, GAMMA, x / shape, (x - shape) / shape) - Math.log(x));
}

/**
 * Gamma quantile with rate 1: the x with P(X ≤ x) = p.
 * @param p      probability in [0, 1]
 * @param shape  positive, finite
 * @returns x ≥ 0, relative error below 1e-11; Infinity at p = 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"] or ["shape"]
 * @source bracketed Newton method on the logarithm of the tail
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * gammaQuantile(0.5, 3); // 2.674
 */
export function gammaQuantile(p: number, shape: number): number {
  return gammaRoot(probability(p), 1 - p, positive(shape, "shape"));
}

/**
 * Gamma quantile of the upper tail, rate 1: the x with P(X > x) = p, which reaches p = 1e-300.
 * @param p      probability in [0, 1]
 * @param shape  positive, finite
 * @returns x ≥ 0; Infinity at p = 0
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"] or ["shape"]
 * @source as `gammaQuantile`
 * @example
 * gammaSurvivalQuantile(0.05, 3); // 6.296
 */
export function gammaSurvivalQuantile(p: number, shape: number): number {
  return gammaRoot(1 - probability(p), p, positive(shape, "shape"));
}
