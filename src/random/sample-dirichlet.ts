import { requireSource } from "./require-source.js";
import { requireWeights } from "./require-weights.js";
import { drawLogGamma } from "./sample-log-gamma.js";
import type { RandomSource } from "./source.js";

/**
 * A Dirichlet draw.
 * @param random  source of chance
 * @param alpha   concentrations, each > 0
 * @returns shares that sum to 1, with means alpha / Σ alpha
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at
 *         ["alpha", i]; `missing_value` at ["alpha", 0] for none
 */
export function sampleDirichlet(random: RandomSource, alpha: readonly number[]): number[] {
  requireSource(random);
  requireWeights(alpha, "alpha", { above: 0 });
  return drawDirichlet(random, alpha);
}

/** `sampleDirichlet` for loops that know their arguments: nothing is checked. */
export function drawDirichlet(random: RandomSource, alpha: readonly number[]): number[] {
  const logs = alpha.map((a) => drawLogGamma(random, a));
  const top = Math.max(...logs);
  const parts = logs.map((log) => Math.exp(log - top));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}
