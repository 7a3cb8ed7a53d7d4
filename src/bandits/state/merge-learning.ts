import type { RewardModel } from "../models/reward-model.js";
import { mergeBlocks } from "../models/sums/block-sums.js";
import type { Learning } from "./learning.js";

/** What both have learned. */
export const mergeLearning = (model: RewardModel, a: Learning, b: Learning): Learning => ({
  rewards: a.rewards + b.rewards,
  sums: (model.merge ?? mergeBlocks)(a.sums, b.sums),
});
