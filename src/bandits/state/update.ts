import {
  type ErrorEntry,
  type ErrorParameters,
  errorOf,
  not_decided,
  not_finite,
  type Problem,
  problem,
  requireArray,
  reward_unsupported,
  unknown_action,
} from "../../errors/index.js";
import type { Outcome } from "../../rounds/outcome.js";
import type { Learned, RewardModel, Sums } from "../models/reward-model.js";
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
 * @throws ExperimentError `not_a_bandit` at ["state"]; `wrong_type` at ["outcomes"]; with all problems: `unknown_action` at ["outcomes", i,
 *         "variant" or "action"], `not_decided` at ["outcomes", i, "experiment"], ["outcomes", i, "definitionVersion"] (of
 *         another experiment, or of a version that is later than the bandit's) or ["outcomes", i, "reason"] (what a unit got
 *         past the policy), `reward_unsupported` at
 *         ["outcomes", i, "reward"], the model's problems with a context; `not_finite` at ["outcomes", i] for those with
 *         which the sums are not finite any more. A problem carries the outcome's `decisionId`, if it has one
 */
export function update<V extends string, P>(
  state: BanditState<V, P>,
  outcomes: readonly Outcome[],
): BanditState<V, P> {
  requireBandit(state);
  requireArray(outcomes, ["outcomes"]);
  const { setup, marks } = state;
  const { model } = setup;
  const problems: Problem[] = [];
  const learned: Learned[] = [];
  // Array.from sees holes as undefined, which `map` would leave out.
  for (const [i, outcome] of Array.from(outcomes).entries()) {
    const {
      variant,
      action,
      reward,
      context = null,
      experiment,
      definitionVersion,
      reason,
      decisionId,
    } = outcome ?? ({} as Outcome);
    const arm = armOf(setup, variant ?? Object(action));
    const refuse = (entry: ErrorEntry, key: string, received: unknown, parameters?: ErrorParameters) =>
      problems.push(problem(entry, ["outcomes", i, key], received, { ...parameters, ...named(decisionId) }));
    if (experiment !== undefined && experiment !== setup.experiment)
      refuse({ not_decided }, "experiment", experiment);
    if (definitionVersion !== undefined && !(definitionVersion <= setup.definitionVersion))
      refuse({ not_decided }, "definitionVersion", definitionVersion);
    // What a unit got past the policy names a variant, and no action.
    if (reason && !action) refuse({ not_decided }, "reason", reason);
    if (arm < 0)
      refuse({ unknown_action }, variant === undefined ? "action" : "variant", variant ?? action, {
        known: setupFacts(setup).actions,
      });
    if (!(Number.isFinite(reward) && model.supports(reward)))
      refuse({ reward_unsupported }, "reward", reward);
    for (const each of model.contextProblems?.(context, ["outcomes", i, "context"]) ?? [])
      problems.push({ ...each, ...named(decisionId) });
    learned.push({ arm, reward, context });
  }
  if (problems[0]) throw errorOf(problems);
  const more = ({ rewards, sums }: Learning): Learning => ({
    rewards: rewards + learned.length,
    sums: learnFinite(model, sums, learned, outcomes),
  });
  return { ...state, ...more(state), ...(marks && { marks: { ...marks, pending: more(marks.pending) } }) };
}

const named = (decisionId: unknown) => (typeof decisionId === "string" ? { decisionId } : undefined);

/** Sums with everything learned, finite ones: otherwise the outcomes are named without which they would be. */
function learnFinite(
  model: RewardModel,
  sums: Sums,
  learned: readonly Learned[],
  outcomes: readonly Outcome[],
): Sums {
  try {
    return finiteSums(model.learn(sums, learned), sums);
  } catch (cause) {
    let good = sums;
    const problems = learned.flatMap((each, i) => {
      const next = model.learn(good, [each]);
      if (next.flat().every(Number.isFinite)) {
        good = next;
        return [];
      }
      return [problem({ not_finite }, ["outcomes", i], outcomes[i]?.reward, named(outcomes[i]?.decisionId))];
    });
    throw problems[0] ? errorOf(problems, { cause }) : cause;
  }
}
