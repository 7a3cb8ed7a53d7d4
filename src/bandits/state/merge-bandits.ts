import { bandits_differ, ExperimentError } from "../../errors/index.js";
import { finiteSums, mergeBlocks } from "../models/sums/block-sums.js";
import { requireBandit } from "./require-bandit.js";
import { setupFacts } from "./setup-facts.js";
import type { BanditState } from "./state.js";

/**
 * Joins what two processes learned separately, each starting from an empty state (or one of them from what both
 * had and the other from nothing: sums are added, so shared history must be on one side only).
 * Commutative to the last bit, associative to rounding.
 * @param a  a state
 * @param b  a state of the same bandit
 * @returns a state that has learned everything both have
 * @throws ExperimentError `not_a_bandit` at ["a"] or ["b"]; `bandits_differ` at ["setup"] when they are not states of the same bandit; `not_finite` at ["sums", i]
 */
export function mergeBandits(a: BanditState, b: BanditState): BanditState {
  requireBandit(a, "a");
  requireBandit(b, "b");
  if (setupFacts(a.setup).text !== setupFacts(b.setup).text)
    throw new ExperimentError({ bandits_differ }, ["setup"], b.setup.experiment, {
      other: a.setup.experiment,
    });
  const sums = (a.setup.model.merge ?? mergeBlocks)(a.sums, b.sums);
  return { ...a, rewards: a.rewards + b.rewards, sums: finiteSums(sums, a.sums) };
}
