import { requireNumber } from "../errors/index.js";
import { requireSource } from "./require-source.js";
import { drawGamma } from "./sample-gamma.js";
import { drawLogGamma } from "./sample-log-gamma.js";
import type { RandomSource } from "./source.js";

/**
 * A beta draw, as the share of one of two gamma draws; for tiny shapes on the log scale, where both would underflow.
 * @param random  source of chance
 * @param a       > 0
 * @param b       > 0
 * @returns a draw in [0, 1] with mean a / (a + b)
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["a"] or ["b"]
 */
export function sampleBeta(random: RandomSource, a: number, b: number): number {
  requireSource(random);
  requireNumber(a, ["a"], { above: 0 });
  requireNumber(b, ["b"], { above: 0 });
  return drawBeta(random, a, b);
}

/** `sampleBeta` for loops that know their arguments: nothing is checked. */
export function drawBeta(random: RandomSource, a: number, b: number): number {
  if (a < 0.1 || b < 0.1) return 1 / (1 + Math.exp(drawLogGamma(random, b) - drawLogGamma(random, a)));
  const x = drawGamma(random, a);
  return x / (x + drawGamma(random, b));
}
