import { requireNumber } from "../errors/index.js";
import { requireSource } from "./require-source.js";
import { drawGamma } from "./sample-gamma.js";
import type { RandomSource } from "./source.js";

/**
 * The logarithm of a gamma draw with rate 1: keeps its precision where the draw itself would underflow.
 * @param random  source of chance
 * @param shape   > 0
 * @returns log of a draw
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["shape"]
 */
export function sampleLogGamma(random: RandomSource, shape: number): number {
  requireSource(random);
  requireNumber(shape, ["shape"], { above: 0 });
  return drawLogGamma(random, shape);
}

/** `sampleLogGamma` for loops that know their arguments: nothing is checked. */
export function drawLogGamma(random: RandomSource, shape: number): number {
  if (shape < 1) return Math.log(drawGamma(random, shape + 1)) + Math.log(random.next()) / shape;
  return Math.log(drawGamma(random, shape));
}
