import { canonicalJson } from "../../core/canonical-json.js";
import type { Definition } from "../../core/definition.js";
import type { Json } from "../../core/json.js";
import {
  bandits_differ,
  ExperimentError,
  errorOf,
  removed_arm,
  requireObject,
  taken_action,
  taken_key,
  within,
} from "../../errors/index.js";
import type { Objective } from "../objectives/objective.js";
import type { Part, Parts, SettingsOf } from "../part.js";
import type { Policy } from "../policies/policy.js";
import { actionProblems } from "./action-problems.js";
import type { Arm } from "./arm.js";
import { armOf } from "./arm-of.js";
import { type BanditOptions, createBandit } from "./create-bandit.js";
import { meetArms } from "./meet-arms.js";
import { requireBandit } from "./require-bandit.js";
import { requireSameSums } from "./require-same-sums.js";
import type { BanditState, Setup } from "./state.js";
import { widened } from "./widen-sums.js";

/** Something about a bandit that a migration changed. */
export interface Changed {
  readonly before: Json;
  readonly after: Json;
}

/** What became of a bandit under another definition or with other parts. */
export interface Migration<V extends string = string, P = unknown> {
  readonly state: BanditState<V, P>;
  /** Arms of both: what was learned of them goes on, and those that are paused stay so. */
  readonly kept: readonly string[];
  /** Arms that only the new definition has. Of what is their own nothing is known but the prior. */
  readonly added: readonly string[];
  /** Arms that the new definition lacks: removed for good, but rewards of earlier decisions for them are still learned. */
  readonly dropped: readonly string[];
  /** What the bandit is now and was not before; empty: decisions are as they were. */
  readonly changed: { readonly [K in keyof ReturnType<typeof factsOf>]?: Changed };
}

const plain = ({ name, settings }: Part): Json => ({ name, settings });

/** What a bandit is to be made of from now on; what is left out stays as it was. */
export type MigrationOptions<S = Json> = Omit<BanditOptions<S>, "objective"> & {
  /** What is maximised; null: the reward itself from now on. */
  readonly objective?: Objective | null;
};

/** What a bandit is besides its arms' keys. */
const factsOf = ({ arms, definitionVersion, salt, control, ...parts }: Setup) => ({
  definitionVersion,
  salt,
  control,
  shares: Object.fromEntries(arms.map(({ key, share }) => [key, share])),
  policy: plain(parts.policy),
  model: plain(parts.model),
  constraints: parts.constraints.map(plain),
  objective: parts.objective ? plain(parts.objective) : null,
});

/** The arms of a bandit under new ones: the old in their places, for their sums lie there, then what is added. */
function joinedArms(setup: Setup, next: readonly Arm[]): { arms: Arm[]; added: Arm[] } {
  const known = new Map(setup.arms.map((arm) => [arm.key, arm]));
  const wanted = new Map(next.map((arm) => [arm.key, arm]));
  const added: Arm[] = [];
  for (const [i, arm] of next.entries()) {
    const path = ["variants", i];
    const { key, action } = arm;
    const old = known.get(key);
    const problems = actionProblems(action, setup.arms, [...path, "action"]);
    if (problems.length > 0) throw errorOf(problems);
    if (old?.status === "removed") throw new ExperimentError({ removed_arm }, [...path, "key"], key);
    const player = setup.arms[armOf(setup, action)];
    if (old && player !== old) throw new ExperimentError({ taken_key }, [...path, "key"], key);
    if (player && !old)
      throw new ExperimentError({ taken_action }, [...path, "action"], action, { other: player.key });
    if (!old) added.push(arm);
  }
  const kept = setup.arms.map((arm): Arm => {
    const { share, payload } = wanted.get(arm.key) ?? {};
    return share === undefined ? { ...arm, share: 0, status: "removed" } : { ...arm, share, payload };
  });
  return { arms: [...kept, ...added], added };
}

/**
 * Carries what a bandit learned over to another version of its definition, to another policy, or to other constraints.
 * What a bandit is comes from the definition and the options; what it learned stays. An option that is not given stays as
 * it was, the settings of a policy only as long as the definition names that policy.
 * @param state       the bandit, e.g. as `restoreBandit` read it
 * @param definition  what it is to be from now on; the same experiment, by its key
 * @param parts       the policies it may name, by shorthand
 * @param options     as in `createBandit`; a model has to sum what the present one sums, for a regression the same
 *                    features (attributes of added arms, ridge and noise may be others)
 * @returns the new state, with what was kept, added, dropped and changed
 * @throws ExperimentError `not_a_bandit` at ["state"]; `bandits_differ` at ["key"] for another experiment; `other_model` at
 *         ["model"] when sums could not be carried over; at ["variants", i, …] `removed_arm` for an arm that was removed for
 *         good, `taken_key` and `taken_action` when key and action do not belong together as before, `missing_value` and
 *         `unknown_name` when its action has other factors; as `createBandit`
 */
export function migrateBandit<P extends Parts<Policy>, V extends string = string, Payload = unknown>(
  state: BanditState,
  definition: Definition<V, Payload>,
  parts: P,
  options?: MigrationOptions<SettingsOf<P>>,
): Migration<V, Payload>;
export function migrateBandit(
  state: BanditState,
  definition: Definition<string, unknown>,
  parts: Parts<Policy>,
  options: MigrationOptions = {},
): Migration {
  requireBandit(state);
  requireObject(options, ["options"]);
  const before = state.setup;
  const { policy } = before;
  // Constraints and objective may name arms that are no longer in the definition.
  const { constraints = before.constraints, objective: wanted, ...others } = options;
  const given = options.model ?? before.model;
  const made = createBandit(definition, parts, {
    ...(definition?.policy === policy.name && { settings: policy.settings }),
    ...others,
    model: given,
  }).setup;
  if (made.experiment !== before.experiment)
    throw new ExperimentError({ bandits_differ }, ["key"], made.experiment, { other: before.experiment });
  const { arms, added } = joinedArms(before, made.arms);
  const model = within(["model"], () => given.bind?.(arms) ?? given);
  requireSameSums(model, before.model, before.arms, ["model"]);
  const { objective: _, gates: __, ...rest } = before;
  const objective = wanted === undefined ? before.objective : wanted;
  const setup: Setup = {
    ...rest,
    ...made,
    arms,
    model,
    constraints,
    ...(objective && { objective }),
  };
  meetArms(setup);
  const was: Readonly<Record<string, Json>> = factsOf(before);
  const changed = Object.entries(factsOf(setup)).flatMap(([name, after]) => {
    const earlier = was[name] ?? null;
    return canonicalJson(earlier) === canonicalJson(after) ? [] : [[name, { before: earlier, after }]];
  });
  const status = (arm: Arm) => before.arms.find(({ key }) => key === arm.key)?.status;
  return {
    state: {
      ...state,
      setup,
      ...(added.length > 0 && widened({ ...state, setup }, arms.length)),
    },
    kept: arms.filter((arm) => arm.status !== "removed" && status(arm)).map(({ key }) => key),
    added: added.map(({ key }) => key),
    dropped: arms
      .filter((arm) => arm.status === "removed" && status(arm) !== "removed")
      .map(({ key }) => key),
    changed: Object.fromEntries(changed),
  };
}
