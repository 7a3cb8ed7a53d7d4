import { square } from "../../core/powers.js";
import { largestProbabilities } from "../../stats/bayes/quadrature/largest-probabilities.js";
import { marginalOf } from "../../stats/bayes/quadrature/marginal-of.js";

// Φ and φ at multiples of 1/64 on [−8, 8]; Taylor's third-order term leaves an error below 1e-9 in between.
const STEP = 1 / 64;
const REACH = 8;
const COUNT = (2 * REACH) / STEP;
const cdfAt = new Float64Array(COUNT + 1);
const densityAt = new Float64Array(COUNT + 1);
for (let i = 0; i <= COUNT; i++)
  densityAt[i] = Math.exp(-0.5 * square(i * STEP - REACH)) / Math.sqrt(2 * Math.PI);
// Simpson's rule with the midpoint's exact density.
for (let i = 1; i <= COUNT; i++) {
  const middle = Math.exp(-0.5 * square((i - 0.5) * STEP - REACH)) / Math.sqrt(2 * Math.PI);
  cdfAt[i] = cdfAt[i - 1]! + (STEP / 6) * (densityAt[i - 1]! + 4 * middle + densityAt[i]!);
}

/** Beyond this many standard deviations nothing counts. */
const FAR = 6.5;

/**
 * The probability that each of several independent normal quantities is the largest. When their spreads are alike, one
 * trapezoidal rule over the stretch where the largest can lie is exact to 1e-8 (the integrand is analytic and
 * vanishes at both ends); otherwise the general quadrature is used.
 * @param mean  means
 * @param sd    standard deviations, each > 0
 * @returns probabilities that sum to 1; absolute error below 1e-8
 * @checked test/reference/propensity.json
 */
export function normalBest(mean: readonly number[], sd: readonly number[]): number[] {
  const k = mean.length;
  let low = -1 / 0;
  let high = -1 / 0;
  for (let i = 0; i < k; i++) {
    low = Math.max(low, mean[i]! - FAR * sd[i]!);
    high = Math.max(high, mean[i]! + FAR * sd[i]!);
  }
  // Only who can reach the stretch decides how fine the rule must be.
  let finest = 1 / 0;
  for (let i = 0; i < k; i++) if (mean[i]! + FAR * sd[i]! > low) finest = Math.min(finest, sd[i]!);
  const nodes = Math.ceil((high - low) / (0.6 * finest)) + 1;
  if (!(nodes < 250)) {
    return largestProbabilities(
      mean.map((m, i) => {
        const drop = (x: number) => square((x - m) / sd[i]!) / 2;
        return marginalOf([m, drop], sd[i]);
      }),
    );
  }
  const step = (high - low) / (nodes - 1);
  const best = new Array<number>(k).fill(0);
  const cdf = new Float64Array(k);
  const density = new Float64Array(k);
  let total = 0;
  for (let n = 0; n < nodes; n++) {
    const x = low + n * step;
    let all = 1;
    for (let i = 0; i < k; i++) {
      const z = (x - mean[i]!) / sd[i]!;
      if (z <= -REACH || z >= REACH) {
        cdf[i] = z < 0 ? 0 : 1;
        density[i] = 0;
      } else {
        const cell = Math.round((z + REACH) / STEP);
        const base = cell * STEP - REACH;
        const d = z - base;
        const f = densityAt[cell]!;
        cdf[i] = cdfAt[cell]! + f * d * (1 - d * (base / 2 + (d * (1 - base * base)) / 6));
        density[i] = f * (1 - d * (base + d * ((1 - base * base) / 2 - (d * base * (base * base - 3)) / -6)));
      }
      all *= cdf[i]!;
    }
    if (all === 0) continue;
    for (let i = 0; i < k; i++) {
      const part = (all / cdf[i]!) * (density[i]! / sd[i]!);
      best[i]! += part;
      total += part;
    }
  }
  return best.map((part) => part / total);
}
