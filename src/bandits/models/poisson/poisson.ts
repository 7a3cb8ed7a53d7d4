import { positiveSettings } from "../../policies/positive-settings.js";
import { bestProbabilities, type Marginal, panelEdges } from "../../posterior/best-probabilities.js";
import type { RewardModel } from "../reward-model.js";
import { learnBlocks } from "../sums/block-sums.js";

/** A gamma distribution's density in t = log x; its peak is 1. */
export function logMarginal(shape: number, rate: number): Marginal {
  const mode = Math.log(shape / rate);
  const drop = (t: number) => shape * (Math.expm1(t - mode) - (t - mode));
  return { edges: panelEdges(mode, drop), density: (t) => Math.exp(-drop(t)) };
}

/**
 * Rewards that are counts: Gamma–Poisson arms. Sums are [total, number of rewards] an arm.
 * @param settings.shape  prior total, > 0; default 1
 * @param settings.rate   prior number of rewards, > 0; default 1
 * @returns the reward model; its vector is a quadrature
 * @throws ExperimentError `out_of_range` at ["shape"] or ["rate"]
 */
export function poisson({
  shape = 1,
  rate = 1,
}: {
  readonly shape?: number;
  readonly rate?: number;
} = {}): RewardModel {
  const settings = positiveSettings({ shape, rate });
  return {
    name: "poisson",
    settings,
    empty: (actions) => Array.from({ length: actions }, () => [0, 0]),
    supports: (reward) => Number.isInteger(reward) && reward >= 0,
    learn: (sums, rewards) =>
      learnBlocks(sums, rewards, (block, { reward }) => {
        block[0]! += reward;
        block[1]! += 1;
      }),
    likelihood: () => ({
      mean: ([total, n]) => total! / n! || 0,
      log: (mean, [total, n]) => (total! > 0 ? total! * Math.log(mean) : 0) - n! * mean,
    }),
    posterior(sums, _context, sharpness) {
      const parameters = sums.map(([total, n]) => [sharpness * (shape + total!), sharpness * (rate + n!)]);
      return {
        best: (eligible) =>
          bestProbabilities(eligible.map((i) => logMarginal(parameters[i]![0]!, parameters[i]![1]!))),
        belief: { law: "gamma", parameters },
      };
    },
  };
}
