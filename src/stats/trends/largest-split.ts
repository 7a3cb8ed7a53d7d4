import { normalPdf, normalSurvival } from "../../distributions/index.js";
import type { MeasuredEffect } from "../heterogeneity/check-effects.js";

/** How far the values after each place lie from those up to it, in standard errors. */
export interface Splits {
  /** Entry k: after the first k + 1 values. */
  readonly z: readonly number[];
  /** Share of all information among the first k + 1 values. */
  readonly shares: readonly number[];
}

/** @param values  independent, each with a positive standard error */
export function splitsOf(values: readonly MeasuredEffect[]): Splits {
  const weights = values.map(({ standardError }) => 1 / (standardError * standardError));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const sum = values.reduce((all, { value }, at) => all + value * (weights[at] ?? 0), 0);
  let [weight, part] = [0, 0];
  const found = values.slice(0, -1).map(({ value }, at) => {
    weight += weights[at] ?? 0;
    part += value * (weights[at] ?? 0);
    const share = weight / total;
    const difference = (sum - part) / (total - weight) - part / weight;
    return { share, z: difference * Math.sqrt(total * share * (1 - share)) };
  });
  return { z: found.map(({ z }) => z), shares: found.map(({ share }) => share) };
}

const [fewest, most] = [48, 800] as const;

/** Probability that no standardized split leaves (−bound, bound), by recursion: each depends on the one before only. */
function withinProbability(shares: readonly number[], bound: number): number {
  const steps = shares.slice(1).map((next, at) => {
    const share = shares[at] ?? 0;
    const correlation = Math.sqrt((share * (1 - next)) / (next * (1 - share)));
    return { correlation, spread: Math.sqrt(Math.max(1e-12, 1 - correlation * correlation)) };
  });
  const narrowest = Math.min(1, ...steps.map(({ spread }) => spread));
  const intervals = 2 * Math.ceil(Math.min(most, Math.max(fewest, (8 * bound) / narrowest)) / 2);
  const width = (2 * bound) / intervals;
  const nodes = Array.from({ length: intervals + 1 }, (_, i) => -bound + i * width);
  // Simpson's rule.
  const rule = nodes.map((_, i) => (width / 3) * (i === 0 || i === intervals ? 1 : i % 2 ? 4 : 2));
  let density = nodes.map(normalPdf);
  for (const { correlation, spread } of steps) {
    const scale = 1 / (spread * Math.sqrt(2 * Math.PI));
    const before = density.map((each, i) => each * (rule[i] ?? 0) * scale);
    density = nodes.map((to) => {
      let sum = 0;
      for (let i = 0; i <= intervals; i++) {
        const away = (to - correlation * (nodes[i] ?? 0)) / spread;
        if (away < 9 && away > -9) sum += (before[i] ?? 0) * Math.exp(-0.5 * away * away);
      }
      return sum;
    });
  }
  return density.reduce((sum, each, i) => sum + each * (rule[i] ?? 0), 0);
}

/**
 * The p-value of the largest of all splits' |z|, allowing for its having been searched.
 * @param shares  of the information, from `splitsOf`
 * @param largest the largest |z|
 * @returns in [0, 1]; exact for normal values of known variances, a bound (Bonferroni) below 1e-4; 1 where there is no split
 * @source Hawkins (1977), Journal of the American Statistical Association 72
 */
export function largestSplitP(shares: readonly number[], largest: number): number {
  if (shares.length === 0) return 1;
  const bound = Math.min(1, 2 * shares.length * normalSurvival(largest));
  if (shares.length === 1 || bound < 1e-4) return bound;
  if (largest < 0.1) return 1;
  return Math.min(bound, Math.max(0, 1 - withinProbability(shares, largest)));
}
