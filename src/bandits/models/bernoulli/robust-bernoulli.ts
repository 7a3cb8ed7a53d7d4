import { logBeta } from "../../../distributions/log-gamma.js";
import type { FieldsType } from "../../../shapes/index.js";
import { logOddsPeak } from "../../../stats/bayes/peaks/log-odds-peak.js";
import { marginalOf } from "../../../stats/bayes/quadrature/marginal-of.js";
import { checkedSettings } from "../../checked-settings.js";
import type { RewardModel } from "../reward-model.js";
import { historySettings, type Measured } from "../robust/robust-history.js";
import { robustModel } from "../robust/robust-model.js";
import { bernoulliSettings, betaArms } from "./bernoulli.js";

/** Settings of `robustBernoulli`. */
export const robustBernoulliSettings = { ...bernoulliSettings, ...historySettings } as const;

function measured(a: number, b: number): Measured {
  const n = a + b;
  const peak = a * Math.log(a / n) + b * Math.log(b / n);
  return { ...marginalOf(logOddsPeak(a, b)), logArea: logBeta(a, b) - peak };
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
 * @throws ExperimentError `out_of_range` at ["a"], ["b"], ["vague"] or ["history", arm, place]; `wrong_length`
 *         at ["history", arm]; `unknown_key` at any other setting
 * @source Schmidli et al. (2014), Biometrics 70(4)
 */
export function robustBernoulli(settings: FieldsType<typeof robustBernoulliSettings> = {}): RewardModel {
  const { a = 1, b = 1, ...given } = checkedSettings(settings, robustBernoulliSettings);
  return robustModel("robustBernoulli", betaArms(a, b), given, {
    law: "betaMixture",
    prior: [a, b],
    evidence: logBeta,
    measured,
  });
}
