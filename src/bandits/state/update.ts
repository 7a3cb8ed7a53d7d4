import {
  type ErrorEntry,
  errorOf,
  not_decided,
  not_finite,
  type Problem,
  problem,
  requireArray,
  reward_unsupported,
  type Stated,
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
    const given: Outcome = Object(outcome);
    const { variant, action, reward, context = null, experiment = setup.experiment, reason } = given;
    const { definitionVersion: version = 1 } = given;
    const refuse = (entry: ErrorEntry, key: keyof Outcome, parameters?: Stated) =>
      problems.push(problem(entry, ["outcomes", i, key], given[key], parameters));
    const played = armOf(setup, Object(action));
    const arm = variant === undefined ? played : armOf(setup, variant);
    if (experiment !== setup.experiment) refuse({ not_decided }, "experiment");
    if (!(Number.isInteger(version) && version > 0 && version <= setup.definitionVersion))
      refuse({ not_decided }, "definitionVersion");
    // What a unit got past the policy names a variant, and no action.
    if (reason && !action) refuse({ not_decided }, "reason");
    if (arm < 0)
      refuse({ unknown_action }, variant === undefined ? "action" : "variant", {
        known: setupFacts(setup).actions,
      });
    else if (action !== undefined && played !== arm) refuse({ not_decided }, "action");
    if (!(Number.isFinite(reward) && model.supports(reward))) refuse({ reward_unsupported }, "reward");
    problems.push(...(model.contextProblems?.(context, ["outcomes", i, "context"]) ?? []));
    learned.push({ arm, reward, context });
  }
  if (problems[0]) throw refusal(problems, outcomes);
  const more = ({ rewards, sums }: Learning): Learning => ({
    rewards: rewards + learned.length,
    sums: learnFinite(model, sums, learned, outcomes),
  });
  return { ...state, ...more(state), ...(marks && { marks: { ...marks, pending: more(marks.pending) } }) };
}

/** The error of outcomes that cannot be learned; each problem says of which decision. */
const refusal = (problems: readonly Problem[], outcomes: readonly Outcome[], options?: ErrorOptions) =>
  errorOf(
    problems.map((each) => {
      const { decisionId } = Object(outcomes[each.path[1] as number]);
      return typeof decisionId === "string" ? { ...each, decisionId } : each;
    }),
    options,
  );

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
      return [problem({ not_finite }, ["outcomes", i], each.reward)];
    });
    throw problems[0] ? refusal(problems, outcomes, { cause }) : cause;
  }
}
