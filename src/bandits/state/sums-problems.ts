import type { Problem } from "../../errors/index.js";
import type { RewardModel, Sums } from "../models/reward-model.js";
import { blockProblems } from "../models/sums/block-sums.js";

/** What is wrong with sums from outside, of so many arms; paths start at ["sums"]. */
export const sumsProblems = (model: RewardModel, sums: Sums, arms: number): Problem[] =>
  model.problems?.(sums, arms) ?? blockProblems(sums, model.empty(arms));
