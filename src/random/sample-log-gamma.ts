import { sampleGamma } from "./sample-gamma.js";
import type { RandomSource } from "./source.js";

/**
 * The logarithm of a gamma draw with rate 1: keeps its precision where the draw itself would underflow.
 * @param random  source of chance
 * @param shape   > 0
 * @returns log of a draw
 */
export function sampleLogGamma(random: RandomSource, shape: number): number {
  if (shape < 1) return Math.log(sampleGamma(random, shape + 1)) + Math.log(random.next()) / shape;
  return Math.log(sampleGamma(random, shape));
}
