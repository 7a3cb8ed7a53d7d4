import { logGamma } from "../../../distributions/log-gamma.js";
import type { FieldsType } from "../../../shapes/index.js";
import { logPeak } from "../../../stats/bayes/peaks/log-peak.js";
import { marginalOf } from "../../../stats/bayes/quadrature/marginal-of.js";
import { checkedSettings } from "../../checked-settings.js";
import type { RewardModel } from "../reward-model.js";
import { historySettings, type Measured } from "../robust/robust-history.js";
import { robustModel } from "../robust/robust-model.js";
import { poisson, poissonSettings } from "./poisson.js";

/** Settings of `robustPoisson`. */
export const robustPoissonSettings = { ...poissonSettings, ...historySettings } as const;

const measured = (shape: number, rate: number): Measured => ({
  ...marginalOf(logPeak(shape, rate)),
  logArea: logGamma(shape) + shape - shape * Math.log(shape),
});

/** Log of what a gamma density times its rewards integrates to, but for what every prior shares. */
const evidence = (shape: number, rate: number): number => logGamma(shape) - shape * Math.log(rate);

/**
 * Rewards that are counts with a past experiment as a prior that may be wrong: for each arm a mixture of Gamma(shape +
 * past total, rate + past rewards) and of Gamma(shape, rate); the rewards decide between them, arm by arm. Sums are
 * [total, number of rewards] of the present only. `withHistory` makes it from a past bandit.
 * @param settings.shape    prior total of the vague part, > 0; default 1
 * @param settings.rate     prior number of rewards of the vague part, > 0; default 1
 * @param settings.history  past [total, number of rewards] an arm, ≥ 0; default null: none
 * @param settings.vague    prior probability that an arm's history does not apply, in (0, 1); default 0.5
 * @returns the reward model; its vector is a quadrature
 * @throws ExperimentError `out_of_range` at ["shape"], ["rate"], ["vague"] or ["history", arm, place]; `wrong_length`
 *         at ["history", arm]; `unknown_key` at any other setting
 * @source Schmidli et al. (2014), Biometrics 70(4)
 */
export function robustPoisson(settings: FieldsType<typeof robustPoissonSettings> = {}): RewardModel {
  const { shape = 1, rate = 1, ...given } = checkedSettings(settings, robustPoissonSettings);
  return robustModel("robustPoisson", poisson({ shape, rate }), given, {
    law: "gammaMixture",
    prior: [shape, rate],
    evidence,
    measured,
  });
}
