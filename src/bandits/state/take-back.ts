import type { NumberRange } from "../../errors/index.js";
import type { RewardModel, Sums } from "../models/reward-model.js";
import { mergeBlocks, scaleBlocks } from "../models/sums/block-sums.js";
import type { Learning } from "./learning.js";
import { sumsProblems } from "./sums-problems.js";

/** A number moved into the range that its model states. */
const into = (value: number, { atLeast = -1 / 0, atMost = 1 / 0 }: NumberRange): number =>
  Math.min(atMost, Math.max(atLeast, value));

/** What weighs this many times as much; a negative factor makes what takes it back. */
export const scaleSums = (model: RewardModel, sums: Sums, factor: number): Sums =>
  (model.scale ?? scaleBlocks)(sums, factor);

/**
 * What remains of what was learned without a part of it. Counts come back to the last bit; amounts up to rounding, which
 * may leave a sum of squares a little below zero: it becomes zero.
 * @param less  a part of `all`
 */
export function takeBack(model: RewardModel, all: Learning, less: Learning): Learning {
  const merged = (model.merge ?? mergeBlocks)(all.sums, scaleSums(model, less.sums, -1));
  const sums = merged.map((block) => block.slice());
  for (const { path, expected } of sumsProblems(model, sums, merged.length)) {
    const [, i, j] = path;
    const block = sums[Number(i)];
    const value = block?.[Number(j)];
    if (block && value !== undefined && expected) block[Number(j)] = into(value, Object(expected));
  }
  return { rewards: Math.max(0, all.rewards - less.rewards), sums };
}
