import { requireNumber } from "../errors/index.js";
import { logFactorial } from "./log-factorial.js";
import { requireSource } from "./require-source.js";
import type { RandomSource } from "./source.js";

/**
 * A Poisson draw: by inversion for small means, by transformed rejection (PTRS) from 10 on.
 * @param random  source of chance
 * @param mean    ≥ 0
 * @returns a count with mean and variance equal to `mean`
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["mean"]
 * @source Hörmann (1993), Insurance: Mathematics and Economics 12
 */
export function samplePoisson(random: RandomSource, mean: number): number {
  requireSource(random);
  requireNumber(mean, ["mean"], { atLeast: 0 });
  return drawPoisson(random, mean);
}

function drawPoisson(random: RandomSource, mean: number): number {
  if (mean < 10) {
    let p = Math.exp(-mean);
    let u = random.next();
    let k = 0;
    while (u > p && p > 0) {
      u -= p;
      k += 1;
      p *= mean / k;
    }
    return k;
  }
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random.next() - 0.5;
    const v = random.next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logMean - mean - logFactorial(k)) return k;
  }
}
