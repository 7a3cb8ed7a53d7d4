import { type FieldsType, requireShape } from "../../../shapes/index.js";
import { logOddsPeak } from "../../../stats/bayes/peaks/log-odds-peak.js";
import { largestProbabilities } from "../../../stats/bayes/quadrature/largest-probabilities.js";
import { marginalOf } from "../../../stats/bayes/quadrature/marginal-of.js";
import { positive } from "../../setting-shapes.js";
import type { RewardModel } from "../reward-model.js";
import { learnBlocks } from "../sums/block-sums.js";

/** Settings of `bernoulli`. */
export const bernoulliSettings = { a: positive, b: positive } as const;

/**
 * Rewards of 0 or 1 (or any share in between): Beta–Bernoulli arms. Sums are [successes, failures] an arm.
 * @param settings.a  prior successes, > 0; default 1
 * @param settings.b  prior failures, > 0; default 1
 * @returns the reward model; its vector is a quadrature
 * @throws ExperimentError `out_of_range` at ["a"] or ["b"]; `unknown_key` at any other setting
 */
export function bernoulli(settings: FieldsType<typeof bernoulliSettings> = {}): RewardModel {
  requireShape(settings, { kind: "object", has: bernoulliSettings }, []);
  const { a = 1, b = 1 } = settings;
  return betaArms(a, b);
}

/** {@link bernoulli} with settings that are known to be good. */
export function betaArms(a: number, b: number): RewardModel {
  return {
    name: "bernoulli",
    settings: { a, b },
    empty: (actions) => Array.from({ length: actions }, () => [0, 0]),
    supports: (reward) => reward >= 0 && reward <= 1,
    learn: (sums, rewards) =>
      learnBlocks(sums, rewards, (block, { reward }) => {
        block[0]! += reward;
        block[1]! += 1 - reward;
      }),
    gathers: () => null,
    likelihood: () => ({
      mean: ([wins, losses]) => wins! / (wins! + losses!) || 0,
      log: (mean, [wins = 0, losses = 0]) =>
        (wins && wins * Math.log(mean)) + (losses && losses * Math.log1p(-mean)),
    }),
    posterior(sums, _context, sharpness) {
      const parameters = sums.map(([wins, losses]) => [sharpness * (a + wins!), sharpness * (b + losses!)]);
      return {
        best: (eligible) =>
          largestProbabilities(
            eligible.map((i) => marginalOf(logOddsPeak(parameters[i]![0]!, parameters[i]![1]!))),
          ),
        quick: "belief",
        belief: { law: "beta", parameters },
      };
    },
  };
}
