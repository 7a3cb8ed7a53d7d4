import { sampleLogGamma } from "./sample-log-gamma.js";
import type { RandomSource } from "./source.js";

/**
 * A Dirichlet draw.
 * @param random  source of chance
 * @param alpha   concentrations, each > 0
 * @returns shares that sum to 1, with means alpha / Σ alpha
 */
export function sampleDirichlet(random: RandomSource, alpha: readonly number[]): number[] {
  const logs = alpha.map((a) => sampleLogGamma(random, a));
  const top = Math.max(...logs);
  const parts = logs.map((log) => Math.exp(log - top));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}
