import { requireNumber } from "../errors/index.js";
import { logFactorial } from "./log-factorial.js";
import { requireSource } from "./require-source.js";
import type { RandomSource } from "./source.js";

/**
 * A binomial draw: by inversion when the smaller expected count is below 10, by transformed rejection (BTRS) above.
 * @param random  source of chance
 * @param n       trials, integer ≥ 0
 * @param p       chance of a success, in [0, 1]
 * @returns the successes, integer in 0 … n
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["n"] or ["p"]
 * @source Hörmann (1993), J. Stat. Comput. Simul. 46
 */
export function sampleBinomial(random: RandomSource, n: number, p: number): number {
  requireSource(random);
  requireNumber(n, ["n"], { atLeast: 0, whole: true });
  requireNumber(p, ["p"], { atLeast: 0, atMost: 1 });
  return drawBinomial(random, n, p);
}

function drawBinomial(random: RandomSource, n: number, p: number): number {
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  if (n * p < 10) {
    // q^n underflows only where n p is far above 10.
    const ratio = p / (1 - p);
    let mass = Math.exp(n * Math.log1p(-p));
    let u = random.next();
    let k = 0;
    while (u > mass && k < n) {
      u -= mass;
      k += 1;
      mass *= (ratio * (n - k + 1)) / k;
    }
    return k;
  }
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const logOdds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const peak = logFactorial(mode) + logFactorial(n - mode);
  for (;;) {
    const u = random.next() - 0.5;
    const v = random.next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || k > n) continue;
    const bound = peak - logFactorial(k) - logFactorial(n - k) + (k - mode) * logOdds;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}
