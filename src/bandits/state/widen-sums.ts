import type { RewardModel, Sums } from "../models/reward-model.js";
import { mergeBlocks } from "../models/sums/block-sums.js";
import { changedPending } from "./marks.js";
import type { BanditState } from "./state.js";

/** Sums with room for more arms, of which nothing is known. */
export const widenSums = (model: RewardModel, sums: Sums, arms: number): Sums =>
  (model.merge ?? mergeBlocks)(model.empty(arms), sums);

/** What a state learned, with room for more arms. */
export const widened = (state: BanditState, arms: number): Pick<BanditState, "sums" | "marks"> => {
  const { model } = state.setup;
  return {
    sums: widenSums(model, state.sums, arms),
    ...changedPending(state, ({ rewards, sums }) => ({ rewards, sums: widenSums(model, sums, arms) })),
  };
};
