import { bandits_differ } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { mergeBlocks, scaleBlocks } from "./block-sums.js";
import { positiveSettings } from "./positive-settings.js";
import type { BanditState } from "./state.js";

/**
 * A bandit that starts from what a past experiment learned, at a capped weight: the past counts at most `most` rewards
 * an arm, however many it had. A wrong history is then outweighed by the first `most` rewards an arm of the present,
 * which bounds what it can cost; a right one saves about as many.
 * @param state    the bandit, usually one that knows nothing yet
 * @param past     what was learned before, under the same arms and reward model
 * @param options.most  effective rewards an arm, > 0; default 100
 * @returns the new state; its count of rewards is not changed, as none was earned here
 * @throws ExperimentError `out_of_range` at ["most"]; `bandits_differ` at ["past"] when arms or model are others
 */
export function withHistory(
  state: BanditState,
  past: BanditState,
  { most = 100 }: { readonly most?: number } = {},
): BanditState {
  positiveSettings({ most });
  const { model, arms } = state.setup;
  const told = ({ setup }: BanditState) =>
    JSON.stringify([setup.model.name, setup.model.settings, setup.arms.map(({ key }) => key)]);
  if (told(state) !== told(past))
    throw new ExperimentError({ bandits_differ }, ["past"], past.setup.experiment);
  const factor = Math.min(1, (most * arms.length) / Math.max(1, past.rewards));
  return {
    ...state,
    sums: (model.merge ?? mergeBlocks)(state.sums, (model.scale ?? scaleBlocks)(past.sums, factor)),
  };
}
