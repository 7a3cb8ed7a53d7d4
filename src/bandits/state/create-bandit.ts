import type { Definition } from "../../core/definition.js";
import type { Json } from "../../core/json.js";
import { allocationOf } from "../../definition/allocation.js";
import { actionOf } from "../../rounds/action-of.js";
import type { Constraint } from "../constraints/constraint.js";
import { bernoulli } from "../models/bernoulli/bernoulli.js";
import type { RewardModel } from "../models/reward-model.js";
import type { Objective } from "../objectives/objective.js";
import type { Parts } from "../part.js";
import type { Policy } from "../policies/policy.js";
import type { Arm } from "./arm.js";
import { makePart } from "./make-part.js";
import type { BanditState } from "./state.js";

/** What a bandit is made of besides its definition. */
export interface BanditOptions {
  /** What rewards are and what is believed about them; default `bernoulli()`. */
  readonly model?: RewardModel;
  /** Settings of the policy that the definition names. */
  readonly settings?: Json;
  /** Demands on the probabilities, applied in this order. */
  readonly constraints?: readonly Constraint[];
  /** What is maximised; default: the reward itself. */
  readonly objective?: Objective;
}

/**
 * A bandit over a definition's variants, knowing nothing yet. The definition's `policy` picks the policy, so that
 * going from a test to a bandit and back is that one word.
 * @param definition  the experiment; its variants are the arms
 * @param parts       the policies it may name, by shorthand: `{ thompson }`
 * @param options     reward model, policy settings, constraints
 * @returns the first state
 * @throws ExperimentError `unknown_part` at ["policy"] when `parts` lacks the policy that the definition names
 */
export function createBandit(
  definition: Definition,
  parts: Parts<Policy>,
  options: BanditOptions = {},
): BanditState {
  const { key, version, salt, control, variants } = definition;
  const shares = allocationOf(definition);
  const { settings, constraints = [], objective } = options;
  const arms = variants.map(
    (variant): Arm => ({
      key: variant.key,
      action: actionOf(variant, definition),
      share: shares[variant.key] ?? 0,
      status: "live",
    }),
  );
  const given = options.model ?? bernoulli();
  const model = given.bind?.(arms) ?? given;
  return {
    format: "essai.bandit/1",
    setup: {
      experiment: key,
      definitionVersion: version,
      salt,
      control,
      arms,
      policy: makePart(parts, { name: definition.policy, settings }, ["policy"], "probabilities"),
      model,
      constraints,
      ...(objective ? { objective } : {}),
    },
    rewards: 0,
    sums: model.empty(arms.length),
  };
}
