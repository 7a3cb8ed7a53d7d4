import type { RandomSource } from "./source.js";

/**
 * An index drawn with probability proportional to its weight.
 * @param random   source of chance
 * @param weights  each ≥ 0, at least one > 0
 * @returns an index with a positive weight
 */
export function sampleCategorical(random: RandomSource, weights: readonly number[]): number {
  let rest = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] as number;
    if (weight <= 0) continue;
    last = i;
    if ((rest -= weight) < 0) return i;
  }
  return last;
}
