import type { RewardModel, Sums } from "../models/reward-model.js";
import { mergeBlocks } from "../models/sums/block-sums.js";

/** Sums with room for more arms, of which nothing is known. */
export const widenSums = (model: RewardModel, sums: Sums, arms: number): Sums =>
  (model.merge ?? mergeBlocks)(model.empty(arms), sums);
