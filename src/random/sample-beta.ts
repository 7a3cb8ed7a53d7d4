import { sampleGamma } from "./sample-gamma.js";
import { sampleLogGamma } from "./sample-log-gamma.js";
import type { RandomSource } from "./source.js";

/**
 * A beta draw, as the share of one of two gamma draws; for tiny shapes on the log scale, where both would underflow.
 * @param random  source of chance
 * @param a       > 0
 * @param b       > 0
 * @returns a draw in [0, 1] with mean a / (a + b)
 */
export function sampleBeta(random: RandomSource, a: number, b: number): number {
  if (a < 0.1 || b < 0.1) return 1 / (1 + Math.exp(sampleLogGamma(random, b) - sampleLogGamma(random, a)));
  const x = sampleGamma(random, a);
  return x / (x + sampleGamma(random, b));
}
