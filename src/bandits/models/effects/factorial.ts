import type { RewardModel } from "../reward-model.js";
import { type EffectsSettings, effectsModel } from "./effects.js";

/**
 * What × how × when: rewards of a multivariate experiment's combinations through main effects of each factor,
 * interactions of every two factors, and of each factor with the unit's segment. What is learned of a level in one
 * combination counts in all of them; each block of interactions has a variance of its own, estimated from the data
 * (empirical Bayes). Up to 2,000 combinations are compared one by one; of more, the best of each posterior draw is climbed to by
 * coordinate ascent from several starts, over combinations that exist and may be played.
 * Sums are [n, Σ r, Σ r²] a segment, an arm.
 * @param settings  segments, link, prior guesses; see {@link EffectsSettings}
 * @returns the reward model; its vector is counted among posterior draws
 * @throws ExperimentError `out_of_range`, `wrong_type` or `unknown_name` at the setting; `unknown_key` at any other
 */
export const factorial = (settings: EffectsSettings = {}): RewardModel =>
  effectsModel("factorial", { main: 0.25, segmentInteraction: 0.45 }, settings);
