import { ExperimentError, shared_history } from "../../errors/index.js";
import { finiteSums } from "../models/sums/block-sums.js";
import { newMarks, wholeMarks } from "./marks.js";
import { mergeLearning } from "./merge-learning.js";
import { requireBandit } from "./require-bandit.js";
import { requireSameArms } from "./require-same-sums.js";
import type { BanditState } from "./state.js";

/**
 * Joins what two processes learned, each under a name of its own (`withSource`). States that share some of what they
 * learned are refused, for it would count twice: processes that go on learning from a common state hand on deltas.
 * Commutative to the last bit, associative to rounding.
 * @param a  a state; the result is set up as it is: its policy, constraints and pauses
 * @param b  a state of the same experiment, arms and reward model
 * @returns a state that has learned everything both have; it learns under no name until it gets one
 * @throws ExperimentError `not_a_bandit` at ["a"] or ["b"]; `shared_history` at ["b"] when both learned from the same
 *         source, or each under no name; `bandits_differ` or `other_model` at ["b", …] when they are not states of the same
 *         bandit; `not_finite` at ["sums", i]
 */
export function mergeBandits<V extends string, P>(
  a: BanditState<V, P>,
  b: BanditState<V, P>,
): BanditState<V, P> {
  requireBandit(a, "a");
  requireBandit(b, "b");
  requireSameArms(b.setup, a.setup, ["b"]);
  const [left, right] = [wholeMarks(a), wholeMarks(b)];
  const both = Object.keys(left).filter((name) => Object.hasOwn(right, name));
  if (both.length > 0) throw new ExperimentError({ shared_history }, ["b"], both.join(", "), { known: both });
  const { rewards, sums } = mergeLearning(a.setup.model, a, b);
  return {
    ...a,
    rewards,
    sums: finiteSums(sums, a.sums),
    marks: newMarks(a, "", { ...left, ...right }),
  };
}
