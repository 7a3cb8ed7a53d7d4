import type { Definition, PayloadOf, VariantOf } from "../../core/definition.js";
import type { Json } from "../../core/json.js";
import { sharesOf } from "../../definition/allocation.js";
import { refuseType, within } from "../../errors/index.js";
import { actionOf } from "../../rounds/action-of.js";
import { requireKeys } from "../../shapes/index.js";
import type { Constraint } from "../constraints/constraint.js";
import { betaArms } from "../models/bernoulli/bernoulli.js";
import type { RewardModel } from "../models/reward-model.js";
import type { Objective } from "../objectives/objective.js";
import type { Parts, SettingsOf } from "../part.js";
import type { Policy } from "../policies/policy.js";
import type { Arm } from "./arm.js";
import { checkDefinition } from "./check-definition.js";
import { makePart, requirePart } from "./make-part.js";
import { meetArms } from "./meet-arms.js";
import type { BanditState } from "./state.js";

/** What a bandit is made of besides its definition; `S`: settings of the policies that it may have. */
export interface BanditOptions<S = Json> {
  /** What rewards are and what is believed about them; default `bernoulli()`. */
  readonly model?: RewardModel;
  /** Settings of the policy that the definition names. */
  readonly settings?: S;
  /** Demands on the probabilities; all hold at once, in whatever order. */
  readonly constraints?: readonly Constraint[];
  /** What is maximised; default: the reward itself. */
  readonly objective?: Objective;
}

/** The options of `createBandit`; parts have been checked where they were made. */
const optionKeys: Readonly<Record<keyof BanditOptions, 1>> = {
  model: 1,
  settings: 1,
  constraints: 1,
  objective: 1,
};

/** Parts of a definition that say who may enter. */
const gated = /^(status|schedule|layer|prerequisites|audience|coverage|rules|overrides)$/;

/** Asks for the part that a definition names, where the compiler knows the word. */
type PartNamed<O extends string> = string extends O ? unknown : { readonly [N in O]: unknown };

/**
 * A bandit over a definition's variants, knowing nothing yet. The definition's `policy` picks the policy, so that
 * going from a test to a bandit and back is that one word.
 * @param definition  the experiment; its variants are the arms
 * @param parts       the policies it may name, by shorthand: `{ thompson }`
 * @param options     reward model, policy settings, constraints, objective
 * @returns the first state
 * @throws ExperimentError `unknown_part` at ["policy"] when `parts` lacks the policy that the definition names;
 *         `unknown_key` at an option that does not exist; `not_a_part` at ["model"], ["constraints", i] or ["objective"];
 *         what a part refuses, at ["settings", …], ["model", …], ["constraints", i, …] or ["objective", …];
 *         `missing_value`, `wrong_type` or `invalid_definition` for what is not a definition; `wrong_type` at
 *         ["parts", name] for what is not a factory
 */
export function createBandit<D extends Definition<string, unknown>, P extends Parts<Policy>>(
  definition: D,
  parts: P & PartNamed<D["policy"]>,
  options: BanditOptions<SettingsOf<P>> = {},
): BanditState<VariantOf<D>, PayloadOf<D>> {
  checkDefinition(definition);
  requireKeys(options, optionKeys);
  // Options put among the parts would be read by nobody.
  for (const [name, part] of Object.entries(Object(parts)))
    if (typeof part !== "function") refuseType(part, ["parts", name], "function");
  type V = VariantOf<D>;
  type Payload = PayloadOf<D>;
  const { key, version, salt, control, variants, policy }: Definition<V, Payload> = definition as never;
  const shares = sharesOf<string>(definition);
  const { settings, constraints = [], objective } = options;
  const arms = variants.map(
    (variant): Arm<V, Payload> => ({
      key: variant.key,
      payload: variant.payload,
      action: actionOf(variant, definition),
      share: shares[variant.key] ?? 0,
      status: "live",
    }),
  );
  const gates = Object.entries(definition).flatMap(([part, value]) =>
    gated.test(part) && ![undefined, "running", 1].includes(value) ? part : [],
  );
  const given = options.model ?? betaArms(1, 1);
  requirePart(given, "posterior", ["model"]);
  const model = within(["model"], () => given.bind?.(arms) ?? given);
  const setup = {
    experiment: key,
    definitionVersion: version,
    salt,
    control,
    arms,
    ...(gates[0] && { gates }),
    policy: makePart(parts, { name: policy, settings }, ["policy"], ["settings"], "probabilities"),
    model,
    constraints,
    ...(objective && { objective }),
  };
  meetArms(setup);
  return { format: "essai.bandit/1", setup, rewards: 0, sums: model.empty(arms.length) };
}
