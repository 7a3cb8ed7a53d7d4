import type { Estimate } from "../../src/core/estimate.js";
import type { Proportion } from "../../src/stats/index.js";

/** Binomial probabilities 0 … n by recurrence from the mode, normalised. */
export function binomialWeights(n: number, p: number): number[] {
  const weights = new Array<number>(n + 1).fill(0);
  const mode = Math.floor((n + 1) * p);
  weights[mode] = 1;
  for (let k = mode; k < n; k++) weights[k + 1] = ((weights[k]! * (n - k)) / (k + 1)) * (p / (1 - p));
  for (let k = mode; k > 0; k--) weights[k - 1] = ((weights[k]! * k) / (n - k + 1)) * ((1 - p) / p);
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

/** Probability that an interval for one proportion holds the true one. */
export function exactCoverage(
  n: number,
  p: number,
  interval: (x: number) => readonly [number, number],
): number {
  return binomialWeights(n, p).reduce((covered, weight, x) => {
    const [lower, upper] = interval(x);
    return lower <= p && p <= upper ? covered + weight : covered;
  }, 0);
}

/**
 * Probability that an interval for a difference holds the true one; outcomes rarer than 1e-13 are left out,
 * and an outcome without an interval counts as covered when the observed difference is the true one.
 */
export function exactDifferenceCoverage(
  estimator: (control: Proportion, treatment: Proportion) => Estimate,
  nc: number,
  nt: number,
  pc: number,
  pt: number,
): number {
  const [wc, wt] = [binomialWeights(nc, pc), binomialWeights(nt, pt)];
  let covered = 0;
  wc.forEach((a, xc) => {
    wt.forEach((b, xt) => {
      if (a * b < 1e-13) return;
      const estimate = estimator({ x: xc, n: nc }, { x: xt, n: nt });
      const [lower, upper] =
        estimate.status === "ok" ? estimate.interval : [estimate.value!, estimate.value!];
      if (lower <= pt - pc && pt - pc <= upper) covered += a * b;
    });
  });
  return covered;
}
