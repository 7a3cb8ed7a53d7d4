import { argument, probability } from "./argument.js";
import { logGammaTail } from "./gamma.js";
import { GAMMA, logBetaPower } from "./incomplete-beta.js";
import { normalQuantile } from "./normal.js";
import { smallestCount } from "./smallest-count.js";

const RATE = { atLeast: 0 };

function mean(rate: number): number {
  return argument(rate, "rate", rate >= 0 && rate < Infinity, RATE);
}

/** log P(X ≤ k), or log P(X > k) if `upper`. */
function logTail(upper: boolean, k: number, rate: number): number {
  const count = Math.floor(argument(k, "k"));
  mean(rate);
  if (count < 0 || count === Infinity) return count < 0 === upper ? 0 : -Infinity;
  return logGammaTail(!upper, rate, count + 1);
}

/**
 * Poisson distribution function, P(X ≤ k).
 * @param k     any number; counts below k + 1, so 2.7 is 2
 * @param rate  expected count, finite, ≥ 0
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"] or ["rate"]
 * @source incomplete gamma function, DLMF 8.4.10
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * poissonCdf(3, 5); // 0.265
 */
export function poissonCdf(k: number, rate: number): number {
  return Math.exp(logTail(false, k, rate));
}

/**
 * Poisson survival function, P(X > k): strictly more than k events.
 * @param k     any number
 * @param rate  expected count, finite, ≥ 0
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"] or ["rate"]
 * @source incomplete gamma function, DLMF 8.4.10
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * poissonSurvival(3, 5); // 0.735
 */
export function poissonSurvival(k: number, rate: number): number {
  return Math.exp(logTail(true, k, rate));
}

/**
 * log P(X ≤ k) of the Poisson distribution, also where the probability itself underflows.
 * @param k     any number
 * @param rate  expected count, finite, ≥ 0
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"] or ["rate"]
 * @source as `poissonCdf`
 * @example
 * poissonLogCdf(3, 5_000); // -4976
 */
export function poissonLogCdf(k: number, rate: number): number {
  return logTail(false, k, rate);
}

/**
 * log P(X > k) of the Poisson distribution, also where the probability itself underflows.
 * @param k     any number
 * @param rate  expected count, finite, ≥ 0
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"] or ["rate"]
 * @source as `poissonSurvival`
 * @example
 * poissonLogSurvival(5_000, 5); // -29556
 */
export function poissonLogSurvival(k: number, rate: number): number {
  return logTail(true, k, rate);
}

/**
 * Poisson probability, P(X = k).
 * @param k     any number; the probability is 0 off the integers from 0 on
 * @param rate  expected count, finite, ≥ 0
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"] or ["rate"]
 * @source Loader (2000)
 * @example
 * poissonPmf(3, 5); // 0.1404
 */
export function poissonPmf(k: number, rate: number): number {
  argument(k, "k");
  mean(rate);
  if (k === 0) return Math.exp(-rate);
  if (rate === 0 || !(k > 0) || k % 1 !== 0) return 0;
  return Math.exp(logBetaPower(k, GAMMA, rate / k, (rate - k) / k) - Math.log(k));
}

/**
 * Poisson quantile: the smallest k with P(X ≤ k) ≥ p.
 * @param p     probability in [0, 1]
 * @param rate  expected count, finite, ≥ 0
 * @returns integer ≥ 0; Infinity at p = 1 unless the rate is 0
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"] or ["rate"]
 * @source bisection on `poissonCdf` from the normal approximation
 * @example
 * poissonQuantile(0.95, 5); // 9
 */
export function poissonQuantile(p: number, rate: number): number {
  if (probability(p) === 0 || mean(rate) === 0) return 0;
  if (p === 1) return Infinity;
  return smallestCount((k) => poissonCdf(k, rate) >= p, rate + normalQuantile(p) * Math.sqrt(rate), Infinity);
}
