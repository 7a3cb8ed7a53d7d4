import type { Fields, FieldsType } from "../../../shapes/index.js";
import { checkedSettings } from "../../checked-settings.js";
import { countedBelief } from "../../posterior/drawn-probabilities.js";
import type { Belief } from "../../posterior/posterior.js";
import { positive } from "../../setting-shapes.js";
import type { RewardModel } from "../reward-model.js";
import { learnBlocks } from "../sums/block-sums.js";

/** Settings of `categorical`. */
export const categoricalSettings = {
  values: { kind: "list", of: { kind: "number" }, atLeast: 1, optional: true },
  prior: positive,
} as const satisfies Fields;

/**
 * Rewards that take one of a few known values (a rating, a basket size): Dirichlet–categorical arms. Sums are one
 * count a value, an arm.
 * @param settings.values  the values, each once; default [0, 1]
 * @param settings.prior   prior count of each value, > 0; default 1
 * @returns the reward model; its vector is counted among posterior draws
 * @throws ExperimentError `not_finite` at ["values", i]; `missing_value` at ["values", 0] where there is none; `out_of_range` at
 *         ["prior"]; `unknown_key` at any other setting
 */
export function categorical(settings: FieldsType<typeof categoricalSettings> = {}): RewardModel {
  const { values = [0, 1], prior = 1 } = checkedSettings(settings, categoricalSettings);
  return {
    name: "categorical",
    settings: { values, prior },
    empty: (actions) => Array.from({ length: actions }, () => values.map(() => 0)),
    supports: (reward) => values.includes(reward),
    learn: (sums, rewards) =>
      learnBlocks(sums, rewards, (block, { reward }) => {
        block[values.indexOf(reward)]! += 1;
      }),
    gathers: () => [...values],
    posterior(sums, _context, sharpness) {
      const belief: Belief = {
        law: "dirichlet",
        parameters: sums.map((block) => [...values, ...block.map((count) => sharpness * (prior + count))]),
      };
      return { ...countedBelief(belief, sums.length), belief };
    },
  };
}
