import { argument, probability, wholeNumber } from "./argument.js";
import { betaRatio } from "./beta.js";
import { logBetaPower, logBetaTail } from "./incomplete-beta.js";
import { normalQuantile } from "./normal.js";
import { smallestCount } from "./smallest-count.js";

function trials(n: number): number {
  return wholeNumber(n, "n", 0);
}

/** log P(X ≤ k), or log P(X > k) if `upper`. */
function logTail(upper: boolean, k: number, n: number, p: number): number {
  const count = Math.floor(argument(k, "k"));
  trials(n);
  probability(p);
  if (count < 0 || p === 1) return count < n === upper ? 0 : -Infinity;
  if (count >= n || p === 0) return upper ? -Infinity : 0;
  return logBetaTail(!upper, count + 1, n - count, ...betaRatio(p, count + 1, n - count));
}

/**
 * Binomial distribution function, P(X ≤ k).
 * @param k  any number; counts below k + 1, so 2.7 is 2
 * @param n  trials, integer ≥ 0
 * @param p  chance of a success, in [0, 1]
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["n"] or ["p"]
 * @source incomplete beta function, DLMF 8.17.5
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * binomialCdf(3, 10, 0.5); // 0.1719
 */
export function binomialCdf(k: number, n: number, p: number): number {
  return Math.exp(logTail(false, k, n, p));
}

/**
 * Binomial survival function, P(X > k): strictly more than k successes.
 * @param k  any number
 * @param n  trials, integer ≥ 0
 * @param p  chance of a success, in [0, 1]
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["n"] or ["p"]
 * @source incomplete beta function, DLMF 8.17.5
 * @checked test/reference/distributions.json — mpmath, 50 digits
 * @example
 * binomialSurvival(3, 10, 0.5); // 0.8281
 */
export function binomialSurvival(k: number, n: number, p: number): number {
  return Math.exp(logTail(true, k, n, p));
}

/**
 * log P(X ≤ k) of the binomial distribution, also where the probability itself underflows.
 * @param k  any number
 * @param n  trials, integer ≥ 0
 * @param p  chance of a success, in [0, 1]
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["n"] or ["p"]
 * @source as `binomialCdf`
 * @example
 * binomialLogCdf(3, 10_000, 0.5); // -6906
 */
export function binomialLogCdf(k: number, n: number, p: number): number {
  return logTail(false, k, n, p);
}

/**
 * log P(X > k) of the binomial distribution, also where the probability itself underflows.
 * @param k  any number
 * @param n  trials, integer ≥ 0
 * @param p  chance of a success, in [0, 1]
 * @returns natural logarithm of the probability
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["n"] or ["p"]
 * @source as `binomialSurvival`
 * @example
 * binomialLogSurvival(9_990, 10_000, 0.5); // -6861
 */
export function binomialLogSurvival(k: number, n: number, p: number): number {
  return logTail(true, k, n, p);
}

/**
 * Binomial probability, P(X = k).
 * @param k  any number; the probability is 0 off the integers 0 … n
 * @param n  trials, integer ≥ 0
 * @param p  chance of a success, in [0, 1]
 * @returns probability, relative error below 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["k"], ["n"] or ["p"]
 * @source Loader (2000)
 * @example
 * binomialPmf(3, 10, 0.5); // 0.1172
 */
export function binomialPmf(k: number, n: number, p: number): number {
  argument(k, "k");
  trials(n);
  probability(p);
  if (k < 0 || k > n || k % 1 !== 0) return 0;
  if (k === 0) return n === 0 ? 1 : Math.exp(n * Math.log1p(-p));
  if (k === n) return Math.exp(n * Math.log(p));
  if (p === 0 || p === 1) return 0;
  const rest = n - k;
  return Math.exp(logBetaPower(k, rest, ...betaRatio(p, k, rest)) + Math.log(n / k / rest));
}

/**
 * Binomial quantile: the smallest k with P(X ≤ k) ≥ q.
 * @param q  probability in [0, 1]
 * @param n  trials, integer ≥ 0
 * @param p  chance of a success, in [0, 1]
 * @returns integer in 0 … n
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["q"], ["n"] or ["p"]
 * @source bisection on `binomialCdf` from the normal approximation
 * @example
 * binomialQuantile(0.95, 10, 0.5); // 8
 */
export function binomialQuantile(q: number, n: number, p: number): number {
  probability(q, "q");
  trials(n);
  probability(p);
  if (q === 0 || q === 1) return q * n;
  const guess = n * p + normalQuantile(q) * Math.sqrt(n * p * (1 - p));
  return smallestCount((k) => binomialCdf(k, n, p) >= q, guess, n);
}
