import type { RewardModel } from "../reward-model.js";
import { type EffectsSettings, effectsModel } from "./effects.js";

/**
 * Arms in segments, each segment's effect of an arm drawn towards the arm's overall effect by as much as the data say
 * segments are alike (empirical Bayes): a thin segment starts from the crowd. Units of no listed segment get the overall
 * effect. The first guess at how much segments differ (`segmentInteraction`, default 0.05) is small, so that segments which do
 * not differ cost nothing; where they are known to, 0.25 learns it sooner. Sums are [n, Σ r, Σ r²] a segment, an arm.
 * @param settings  segments, link, prior guesses; see {@link EffectsSettings}
 * @returns the reward model; its vector is counted among posterior draws
 * @throws ExperimentError `out_of_range`, `wrong_type` or `unknown_name` at the setting; `unknown_key` at any other
 */
export const hierarchical = (settings: EffectsSettings = {}): RewardModel =>
  effectsModel("hierarchical", { main: 0.4, segmentInteraction: 0.05 }, settings);
