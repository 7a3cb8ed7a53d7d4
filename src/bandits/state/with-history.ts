import type { Json } from "../../core/json.js";
import { bandits_differ, ExperimentError, no_robust_model } from "../../errors/index.js";
import { checkFields, type Fields } from "../../shapes/index.js";
import type { RewardModel } from "../models/reward-model.js";
import { robustModels } from "../models/robust/index.js";
import { mergeBlocks, scaleBlocks } from "../models/sums/block-sums.js";
import type { PartFactory, Parts } from "../part.js";
import { positive, properFraction } from "../setting-shapes.js";
import { hashOfSums } from "./content-hash.js";
import { partOf } from "./make-part.js";
import { marksOf } from "./marks.js";
import { requireBandit } from "./require-bandit.js";
import { requireSameSums } from "./require-same-sums.js";
import type { BanditState } from "./state.js";

const total = (block: readonly number[]): number => block.reduce((sum, each) => sum + each, 0);

/** The model as it is without a history. */
const plain = (model: RewardModel): RewardModel => model.base?.() ?? model;

/** Options of `withHistory`. */
export const historyOptions = {
  most: positive,
  vague: properFraction,
  robust: { kind: "map", of: { kind: "function" }, optional: true },
} as const satisfies Fields;

/**
 * A bandit that starts from what a past experiment learned, at a capped weight: of each arm the past counts at most `most`
 * rewards, however many it had; an arm that had fewer keeps them all. A wrong history is then outweighed by the first `most` rewards an arm of the present,
 * which bounds what it can cost; a right one saves about as many.
 *
 * With `vague`, the history is one part of a mixture prior: of each arm it applies with probability 1 − vague, and the
 * arm's own rewards decide (robust MAP). With `most` 500 and `vague` 0.5 a wrong history is held to 2.1 times the regret
 * of no history, in the worlds of docs/learning.md (best and worst arm exchanged, every second arm overrated by half; five
 * and ten arms), where it cost 1.6 times at most and a right one saved two fifths.
 * @param state    the bandit, usually one that knows nothing yet
 * @param past     what was learned before, under the same arms and reward model; a history of its own is not passed on
 * @param options.most   effective rewards an arm, > 0; default 100
 * @param options.vague  prior probability that an arm's history does not apply, in (0, 1); for models that
 *                       one of `robust` doubts: of essai's `bernoulli` and `poisson`, which become `robustBernoulli` and
 *                       `robustPoisson`. Default: all of it applies
 * @param options.robust models that doubt a history, by shorthand; default: essai's
 * @returns the new state, which no other that starts from the same past merges with, unless by deltas; its count of rewards is not changed, as none was earned here
 * @throws ExperimentError `out_of_range` at ["most"] or ["vague"]; `bandits_differ` at ["past"] when arms are
 *         others; `other_model` at ["past", "model"] when its model sums other numbers; `no_robust_model` at ["vague"] for other models, which cannot mix; `unknown_key` at an option that does not
 *         exist
 */
export function withHistory<V extends string, P>(
  state: BanditState<V, P>,
  past: BanditState,
  options: { readonly most?: number; readonly vague?: number; readonly robust?: Parts<RewardModel> } = {},
): BanditState<V, P> {
  requireBandit(state);
  requireBandit(past, "past");
  checkFields(options, historyOptions);
  const { most = 100, vague, robust = robustModels } = options;
  const { model, arms } = state.setup;
  const keys = ({ setup }: BanditState) => setup.arms.map(({ key }) => key).join();
  if (keys(state) !== keys(past))
    throw new ExperimentError({ bandits_differ }, ["past"], past.setup.experiment, {
      other: state.setup.experiment,
    });
  requireSameSums(plain(past.setup.model), plain(model), arms, ["past", "model"]);
  const { scale = scaleBlocks, count = total } = model;
  const history = past.sums.flatMap((block) =>
    scale([block], Math.min(1, most / Math.max(count(block), Number.MIN_VALUE))),
  );
  if (vague === undefined) {
    // Of several states that start from it, a merge would count it several times.
    const marks = marksOf(state);
    const source = `past ${hashOfSums(past.rewards, past.sums)}`;
    return {
      ...state,
      sums: (model.merge ?? mergeBlocks)(state.sums, history),
      marks: { ...marks, merged: { ...marks.merged, [source]: null } },
    };
  }
  const { name, settings } = plain(model);
  const doubts = (each: PartFactory<RewardModel>) => each().base?.().name;
  const make = Object.values(robust).find((each) => doubts(each) === name);
  if (!make)
    throw new ExperimentError({ no_robust_model }, ["vague"], name, {
      known: Object.values(robust).flatMap((each) => doubts(each) ?? []),
    });
  const doubting = partOf(make, { ...(settings as Readonly<Record<string, Json>>), history, vague });
  return { ...state, setup: { ...state.setup, model: doubting.bind?.(arms) ?? doubting } };
}
