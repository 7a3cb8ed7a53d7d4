import { logBeta } from "../../stats/distributions/log-gamma.js";
import { bestProbabilities } from "../best-probabilities.js";
import type { RewardModel } from "../reward-model.js";
import {
  informedWeight,
  type Measured,
  mixedMarginal,
  type RobustHistory,
  robustSettings,
} from "../robust-history.js";
import { bernoulli, logOddsMarginal } from "./bernoulli.js";

function measured(a: number, b: number): Measured {
  const n = a + b;
  const peak = a * Math.log(a / n) + b * Math.log(b / n);
  return { ...logOddsMarginal(a, b), logArea: logBeta(a, b) - peak };
}

/**
 * Rewards of 0 or 1 with a past experiment as a prior that may be wrong: for each arm a mixture of Beta(a + past
 * successes, b + past failures) and of Beta(a, b); the rewards decide between them, arm by arm. Sums are [successes,
 * failures] of the present only, so states merge as those of {@link bernoulli}. `withHistory` makes it from a past bandit.
 * @param settings.a        prior successes of the vague part, > 0; default 1
 * @param settings.b        prior failures of the vague part, > 0; default 1
 * @param settings.history  past [successes, failures] an arm, ≥ 0; default null: none
 * @param settings.vague    prior probability that an arm's history does not apply, in (0, 1); default 0.5
 * @returns the reward model; its vector is a quadrature
 * @throws ExperimentError `out_of_range` at ["a"], ["b"], ["vague"] or ["history", arm, place]
 * @source Schmidli et al. (2014), Biometrics 70(4)
 */
export function robustBernoulli({
  a = 1,
  b = 1,
  ...given
}: { readonly a?: number; readonly b?: number } & RobustHistory = {}): RewardModel {
  const base = bernoulli({ a, b });
  const { history, vague } = robustSettings(given, 2);
  const weigh = (arm: number, wins: number, losses: number): number => {
    const past = history[arm];
    if (!past) return 0;
    const [c, d] = [a + past[0]!, b + past[1]!];
    return informedWeight(
      vague,
      logBeta(c + wins, d + losses) - logBeta(c, d) - logBeta(a + wins, b + losses) + logBeta(a, b),
    );
  };
  return {
    ...base,
    name: "robustBernoulli",
    settings: { a, b, history, vague } as unknown as RewardModel["settings"],
    posterior(sums, _context, sharpness) {
      const parameters = sums.map(([wins, losses], arm) => {
        const [pastWins = 0, pastLosses = 0] = history[arm] ?? [];
        const vaguePart = [sharpness * (a + wins!), sharpness * (b + losses!)];
        return [
          weigh(arm, wins!, losses!),
          vaguePart[0]! + sharpness * pastWins,
          vaguePart[1]! + sharpness * pastLosses,
          ...vaguePart,
        ];
      });
      return {
        best: (eligible) =>
          bestProbabilities(
            eligible.map((i) => {
              const [weight, ...parts] = parameters[i] as [number, number, number, number, number];
              return mixedMarginal(weight, measured(parts[0], parts[1]), measured(parts[2], parts[3]));
            }),
          ),
        belief: { law: "betaMixture", parameters },
      };
    },
  };
}
