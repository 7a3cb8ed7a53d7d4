import {
  bandits_differ,
  conflicting_delta,
  ExperimentError,
  errorOf,
  missing_delta,
  other_model,
  problemAt,
  shared_history,
  unknown_action,
  within,
} from "../../errors/index.js";
import { checkFields } from "../../shapes/index.js";
import { finiteSums, mergeBlocks } from "../models/sums/block-sums.js";
import { type BanditDelta, deltaFields } from "./bandit-delta.js";
import { hashOfSums } from "./content-hash.js";
import type { Learning } from "./learning.js";
import { marksOf } from "./marks.js";
import { requireBandit } from "./require-bandit.js";
import { sumsHash } from "./require-same-sums.js";
import type { BanditState } from "./state.js";
import { sumsProblems } from "./sums-problems.js";
import { takeBack } from "./take-back.js";
import { widenSums } from "./widen-sums.js";

/** Refuses a delta of another bandit; arms that were added since it was taken need not be in it. */
function requireOwn({ setup }: BanditState, delta: BanditDelta): void {
  const { experiment, arms, model } = setup;
  if (delta.experiment !== experiment)
    throw new ExperimentError({ bandits_differ }, ["delta", "experiment"], delta.experiment, {
      other: experiment,
    });
  const known = arms.map(({ key }) => key);
  for (const [i, key] of delta.arms.entries()) {
    if (!known.includes(key))
      throw new ExperimentError({ unknown_action }, ["delta", "arms", i], key, { known });
    if (known[i] !== key)
      throw new ExperimentError({ bandits_differ }, ["delta", "arms", i], key, { other: known[i] });
  }
  if (delta.model !== sumsHash(model, arms.slice(0, delta.arms.length)))
    throw new ExperimentError({ other_model }, ["delta", "model"], delta.model, { other: model.name });
  const { length } = delta.arms;
  const problems = [
    ...sumsProblems(model, delta.sums, length),
    ...(delta.less
      ? sumsProblems(model, delta.less.sums, length).map((each) => problemAt(["less", ...each.path], each))
      : []),
  ];
  if (problems.length > 0) throw errorOf(problems.map((each) => problemAt(["delta", ...each.path], each)));
}

/**
 * Joins what another process learned since its last delta, once: a delta that was merged before changes nothing, and none
 * is left out. In whatever order the deltas of several sources come, the sums are the same.
 * @param state  the bandit
 * @param delta  from `takeDelta`; the deltas of one source in their order
 * @returns the new state; the given one where the delta was merged before
 * @throws ExperimentError `not_a_bandit` at ["state"]; at ["delta", …] what is not a delta; `bandits_differ`,
 *         `unknown_action` and `other_model` for a delta of another bandit; `missing_delta` at ["delta", "sequence"] when an
 *         earlier one of the source has not been merged; `conflicting_delta` there when the last one merged had other sums;
 *         `shared_history` at ["delta", "source"] when the state holds a source whole, or learns under that name itself
 */
export function mergeDelta<V extends string, P>(
  state: BanditState<V, P>,
  delta: BanditDelta,
): BanditState<V, P> {
  requireBandit(state);
  checkFields(delta, deltaFields, ["delta"]);
  requireOwn(state, delta);
  const { setup } = state;
  const { source, sequence, rewards, less } = delta;
  const marks = marksOf(state);
  const mark = marks.merged[source] === undefined ? { sequence: 0, hash: "" } : marks.merged[source];
  const shared = () => new ExperimentError({ shared_history }, ["delta", "source"], source);
  if (!mark) throw shared();
  const hash = hashOfSums(rewards, delta.sums) + (less ? hashOfSums(less.rewards, less.sums) : "");
  const at = ["delta", "sequence"];
  if (sequence === mark.sequence && hash !== mark.hash)
    throw new ExperimentError({ conflicting_delta }, at, sequence, { other: source });
  if (sequence <= mark.sequence) return state;
  if (source === marks.source) throw shared();
  const expected = { atMost: mark.sequence + 1 };
  if (sequence > expected.atMost)
    throw new ExperimentError({ missing_delta }, at, sequence, { expected, other: source });
  const { model, arms } = setup;
  const more: Learning = {
    rewards: state.rewards + rewards,
    sums: (model.merge ?? mergeBlocks)(state.sums, widenSums(model, delta.sums, arms.length)),
  };
  const { rewards: total, sums } = less
    ? takeBack(model, more, { ...less, sums: widenSums(model, less.sums, arms.length) })
    : more;
  return {
    ...state,
    rewards: total,
    sums: within(["delta"], () => finiteSums(sums, state.sums)),
    marks: { ...marks, merged: { ...marks.merged, [source]: { sequence, hash } } },
  };
}
