import { requireNumber } from "../errors/index.js";
import { requireSource } from "./require-source.js";
import { drawNormal } from "./sample-normal.js";
import type { RandomSource } from "./source.js";

/**
 * A gamma draw with rate 1.
 * @param random  source of chance
 * @param shape   > 0; below 2⁻¹⁰ the draw may underflow to 0, where `sampleLogGamma` keeps its precision
 * @returns a draw with mean and variance equal to shape; divide by a rate, or multiply by a scale
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["shape"]
 * @source Marsaglia & Tsang (2000), ACM TOMS 26(3)
 */
export function sampleGamma(random: RandomSource, shape: number): number {
  requireSource(random);
  requireNumber(shape, ["shape"], { above: 0 });
  return drawGamma(random, shape);
}

/** `sampleGamma` for loops that know their arguments: nothing is checked. There is no draw where no shape is. */
export function drawGamma(random: RandomSource, shape: number): number {
  if (shape < 1) {
    if (shape <= 0) return Number.NaN;
    return drawGamma(random, shape + 1) * Math.exp(Math.log(random.next()) / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = drawNormal(random);
    const root = 1 + c * z;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = random.next();
    const z2 = z * z;
    if (u < 1 - 0.0331 * z2 * z2 || Math.log(u) < 0.5 * z2 + d * (1 - v + Math.log(v))) return d * v;
  }
}
