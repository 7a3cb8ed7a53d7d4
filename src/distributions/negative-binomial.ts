import { argument, positive, probability } from "./argument.js";
import { betaRatio } from "./beta.js";
import { logBetaPower, logBetaTail } from "./incomplete-beta.js";
import { normalQuantile } from "./normal.js";
import { smallestCount } from "./smallest-count.js";

const CHANCE = { above: 0, atMost: 1 };

function check(size: number, p: number): void {
  positive(size, "size");
  argument(p, "p", p > 0 && p <= 1, CHANCE);
}

/** log P(X ≤ k), or log P(X > k) if `upper`. */
function logTail(upper: boolean, k: number, size: number, p: number): number {
  const count = Math.floor(argument(k, "k"));
  check(size, p);
  if (count < 0) return upper ? 0 : -Infinity;
  if (count === Infinity || p === 1) return upper ? -Infinity : 0;
  return logBetaTail(upper, size, count + 1, ...betaRatio(p, size, count + 1));
}

/**
 * Negative binomial distribution function, P(X ≤ k): failures before the `size`-th success.
 * @param k     any number; counts below k + 1, so 2.7 is 2
 * @param size  number of successes waited for, positive, finite, need not be an integer
 * @param p     chance of a success, in (0, 1]
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["size"] or ["p"]
 * @source incomplete beta function, DLMF 8.17
 * @checked test/reference/distributions-extra.json — mpmath 1.3.0
 * @example
 * negativeBinomialCdf(3, 5, 0.5); // 0.3633
 */
export function negativeBinomialCdf(k: number, size: number, p: number): number {
  return Math.exp(logTail(false, k, size, p));
}

/**
 * Negative binomial survival function, P(X > k): strictly more than k failures.
 * @param k     any number
 * @param size  number of successes waited for, positive, finite, need not be an integer
 * @param p     chance of a success, in (0, 1]
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["size"] or ["p"]
 * @source incomplete beta function, DLMF 8.17
 * @checked test/reference/distributions-extra.json — mpmath 1.3.0
 * @example
 * negativeBinomialSurvival(3, 5, 0.5); // 0.6367
 */
export function negativeBinomialSurvival(k: number, size: number, p: number): number {
  return Math.exp(logTail(true, k, size, p));
}

/**
 * Negative binomial probability, P(X = k).
 * @param k     any number; the probability is 0 off the integers from 0 on
 * @param size  number of successes waited for, positive, finite, need not be an integer
 * @param p     chance of a success, in (0, 1]
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["size"] or ["p"]
 * @source Loader (2000)
 * @example
 * negativeBinomialPmf(3, 5, 0.5); // 0.1367
 */
export function negativeBinomialPmf(k: number, size: number, p: number): number {
  argument(k, "k");
  check(size, p);
  if (k === 0) return Math.exp(size * Math.log(p));
  if (p === 1 || !(k > 0) || k % 1 !== 0) return 0;
  return Math.exp(logBetaPower(size, k, ...betaRatio(p, size, k)) - Math.log(k));
}

/**
 * Negative binomial quantile: the smallest k with P(X ≤ k) ≥ q.
 * @param q     probability in [0, 1]
 * @param size  number of successes waited for, positive, finite
 * @param p     chance of a success, in (0, 1]
 * @returns integer ≥ 0; Infinity at q = 1 unless p is 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["q"], ["size"] or ["p"]
 * @source bisection on `negativeBinomialCdf` from the normal approximation
 * @example
 * negativeBinomialQuantile(0.95, 5, 0.5); // 11
 */
export function negativeBinomialQuantile(q: number, size: number, p: number): number {
  probability(q, "q");
  check(size, p);
  if (q === 0 || p === 1) return 0;
  if (q === 1) return Infinity;
  const guess = (size * (1 - p) + normalQuantile(q) * Math.sqrt(size * (1 - p))) / p;
  return smallestCount((k) => negativeBinomialCdf(k, size, p) >= q, guess, Infinity);
}
