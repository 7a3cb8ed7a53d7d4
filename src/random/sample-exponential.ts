import type { RandomSource } from "./source.js";

/**
 * An exponential draw.
 * @param random  source of chance
 * @param rate    events per unit, > 0; default 1
 * @returns a draw with mean 1 / rate
 */
export function sampleExponential(random: RandomSource, rate = 1): number {
  return -Math.log(random.next()) / rate;
}
