import { ExperimentError, out_of_range } from "../errors/index.js";
import { requireSource } from "./require-source.js";
import { requireWeights } from "./require-weights.js";
import type { RandomSource } from "./source.js";

/**
 * An index drawn with probability proportional to its weight.
 * @param random   source of chance
 * @param weights  each ≥ 0, at least one > 0
 * @returns an index with a positive weight
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["weights", i];
 *         `out_of_range` at ["weights"] where all are 0
 */
export function sampleCategorical(random: RandomSource, weights: readonly number[]): number {
  requireSource(random);
  requireWeights(weights, "weights", { atLeast: 0 });
  if (!weights.some((weight) => weight > 0))
    throw new ExperimentError({ out_of_range }, ["weights"], 0, { expected: { above: 0 } });
  return drawCategorical(random, weights);
}

function drawCategorical(random: RandomSource, weights: readonly number[]): number {
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
