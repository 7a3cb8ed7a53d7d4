import {
  type ErrorEntry,
  type ErrorParameters,
  errorOf,
  type Problem,
  problem,
  requireArray,
  reward_unsupported,
  unknown_action,
} from "../../errors/index.js";
import type { Outcome } from "../../rounds/outcome.js";
import type { Learned } from "../models/reward-model.js";
import { finiteSums } from "../models/sums/block-sums.js";
import { armOf } from "./arm-of.js";
import type { Learning } from "./learning.js";
import { requireBandit } from "./require-bandit.js";
import { setupFacts } from "./setup-facts.js";
import type { BanditState } from "./state.js";

/**
 * Learns rewards. Pure: the given state stays as it is. Nothing is learned unless every outcome is valid.
 * @param state     the bandit
 * @param outcomes  in any order; the new state does not depend on it
 * @returns the new state
 * @throws ExperimentError `not_a_bandit` at ["state"]; `wrong_type` at ["outcomes"]; with all problems: `unknown_action` at ["outcomes", i, "action"], `reward_unsupported` at
 *         ["outcomes", i, "reward"], the model's problems with a context; `not_finite` at ["sums", i] when rewards or
 *         contexts are too large to be summed
 */
export function update(state: BanditState, outcomes: readonly Outcome[]): BanditState {
  requireBandit(state);
  requireArray(outcomes, ["outcomes"]);
  const { setup, marks } = state;
  const { model } = setup;
  const problems: Problem[] = [];
  const learned: Learned[] = [];
  // Array.from sees holes as undefined, which `map` would leave out.
  for (const [i, outcome] of Array.from(outcomes).entries()) {
    const { action, reward, context = null } = outcome ?? ({} as Outcome);
    const arm = armOf(setup, action);
    const refuse = (entry: ErrorEntry, key: string, received: unknown, parameters?: ErrorParameters) =>
      problems.push(problem(entry, ["outcomes", i, key], received, parameters));
    if (arm < 0) refuse({ unknown_action }, "action", action, { known: setupFacts(setup).actions });
    if (!(Number.isFinite(reward) && model.supports(reward)))
      refuse({ reward_unsupported }, "reward", reward);
    problems.push(...(model.contextProblems?.(context, ["outcomes", i, "context"]) ?? []));
    learned.push({ arm, reward, context });
  }
  if (problems[0]) throw errorOf(problems);
  const more = ({ rewards, sums }: Learning): Learning => ({
    rewards: rewards + learned.length,
    sums: finiteSums(model.learn(sums, learned), sums),
  });
  return { ...state, ...more(state), ...(marks && { marks: { ...marks, pending: more(marks.pending) } }) };
}
