import type { FieldsType } from "../../../shapes/index.js";
import { logPeak } from "../../../stats/bayes/peaks/log-peak.js";
import { largestProbabilities } from "../../../stats/bayes/quadrature/largest-probabilities.js";
import { marginalOf } from "../../../stats/bayes/quadrature/marginal-of.js";
import { checkedSettings } from "../../checked-settings.js";
import { positive } from "../../setting-shapes.js";
import type { RewardModel } from "../reward-model.js";
import { learnBlocks } from "../sums/block-sums.js";

/** Settings of `poisson`. */
export const poissonSettings = { shape: positive, rate: positive } as const;

/**
 * Rewards that are counts: Gamma–Poisson arms. Sums are [total, number of rewards] an arm.
 * @param settings.shape  prior total, > 0; default 1
 * @param settings.rate   prior number of rewards, > 0; default 1
 * @returns the reward model; its vector is a quadrature
 * @throws ExperimentError `out_of_range` at ["shape"] or ["rate"]; `unknown_key` at any other setting
 */
export function poisson(settings: FieldsType<typeof poissonSettings> = {}): RewardModel {
  const { shape = 1, rate = 1 } = checkedSettings(settings, poissonSettings);
  return {
    name: "poisson",
    settings: { shape, rate },
    empty: (actions) => Array.from({ length: actions }, () => [0, 0]),
    supports: (reward) => Number.isInteger(reward) && reward >= 0,
    learn: (sums, rewards) =>
      learnBlocks(sums, rewards, (block, { reward }) => {
        block[0]! += reward;
        block[1]! += 1;
      }),
    count: ([, n = 0]) => n,
    gathers: () => null,
    likelihood: () => ({
      mean: ([total, n]) => total! / n! || 0,
      log: (mean, [total, n]) => (total! > 0 ? total! * Math.log(mean) : 0) - n! * mean,
    }),
    posterior(sums, _context, sharpness) {
      const parameters = sums.map(([total, n]) => [sharpness * (shape + total!), sharpness * (rate + n!)]);
      return {
        best: (eligible) =>
          largestProbabilities(
            eligible.map((i) => marginalOf(logPeak(parameters[i]![0]!, parameters[i]![1]!))),
          ),
        quick: "belief",
        belief: { law: "gamma", parameters },
      };
    },
  };
}
