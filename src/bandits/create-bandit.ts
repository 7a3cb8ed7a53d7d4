import type { Definition } from "../core/definition.js";
import type { Json } from "../core/json.js";
import type { Constraint } from "./constraint.js";
import { bernoulli } from "./models/bernoulli.js";
import { makePart, type Parts } from "./part.js";
import type { Policy } from "./policy.js";
import type { RewardModel } from "./reward-model.js";
import type { BanditState } from "./state.js";

/** What a bandit is made of besides its definition. */
export interface BanditOptions {
  /** What rewards are and what is believed about them; default `bernoulli()`. */
  readonly model?: RewardModel;
  /** Settings of the policy that the definition names. */
  readonly settings?: Json;
  /** Demands on the probabilities, applied in this order. */
  readonly constraints?: readonly Constraint[];
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
export function createBandit(definition: Definition, parts: Parts, options: BanditOptions = {}): BanditState {
  const { key, version, salt, control, variants, ranges } = definition;
  const { model = bernoulli(), settings, constraints = [] } = options;
  return {
    format: "essai.bandit/1",
    setup: {
      experiment: key,
      definitionVersion: version,
      salt,
      control,
      arms: variants.map((variant) => ({
        key: variant.key,
        action: { variant: variant.key },
        share: ranges.reduce(
          (sum, { from, to, variant: owner }) => sum + (owner === variant.key ? (to - from) / 2 ** 32 : 0),
          0,
        ),
        status: "live",
      })),
      policy: makePart<Policy>(parts, { name: definition.policy, settings }, ["policy"]),
      model,
      constraints,
    },
    rewards: 0,
    sums: model.empty(variants.length),
  };
}
