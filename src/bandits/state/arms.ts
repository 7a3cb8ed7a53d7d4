import type { Json } from "../../core/json.js";
import { Checks } from "../../definition/checks.js";
import { frozenJson } from "../../definition/frozen-json.js";
import {
  type ErrorPath,
  ExperimentError,
  errorOf,
  removed_arm,
  taken_action,
  taken_key,
  unknown_action,
  within,
} from "../../errors/index.js";
import { checkFields, type Fields } from "../../shapes/index.js";
import { actionProblems } from "./action-problems.js";
import type { Arm } from "./arm.js";
import { armOf } from "./arm-of.js";
import { requireBandit } from "./require-bandit.js";
import type { BanditState } from "./state.js";
import { widened } from "./widen-sums.js";

function withArms<V extends string, P>(state: BanditState, arms: readonly Arm<V, P>[]): BanditState<V, P> {
  const { model } = state.setup;
  return { ...state, setup: { ...state.setup, arms, model: model.bind?.(arms) ?? model } };
}

/**
 * A bandit with another status of one arm.
 * @param path  where the caller's input names the arm
 * @throws ExperimentError `not_a_bandit` at ["state"]; `unknown_action` or `removed_arm` at the path
 */
export function withStatus<V extends string, P>(
  state: BanditState<V, P>,
  key: string,
  status: Arm["status"],
  path: ErrorPath = ["key"],
): BanditState<V, P> {
  requireBandit(state);
  const keys: readonly string[] = state.setup.arms.map((arm) => arm.key);
  const at = keys.indexOf(key);
  if (at < 0) throw new ExperimentError({ unknown_action }, path, key, { known: keys });
  if (state.setup.arms[at]!.status === "removed") throw new ExperimentError({ removed_arm }, path, key);
  return withArms(
    state,
    state.setup.arms.map((arm, i) => (i === at ? { ...arm, status } : arm)),
  );
}

const armFields = {
  key: { kind: "text" },
  action: { kind: "map", of: { kind: "text", empty: true }, optional: true },
  payload: { kind: "json", optional: true },
} as const satisfies Fields;

/**
 * A bandit with one more arm, which knows nothing but the prior. What is known of the others stays.
 * @param state  the bandit
 * @param arm    key and, for a multivariate experiment, the level of every factor, default `{ variant: key }`; what the application shows, default null
 * @returns the new state; shared states have to be changed the same way before they are merged
 * @throws ExperimentError `taken_key` at ["key"] when an arm has, or had, that key; `missing_value` and `unknown_name` at
 *         ["action", factor] for factors that the other arms have and this one has not, or the other way round;
 *         `taken_action` at ["action"] when another arm plays it, or did; `not_json` at ["payload"]; `unknown_key` at any other key; what
 *         the model lacks for the arm
 */
export function addArm<V extends string, P, K extends string>(
  state: BanditState<V, P>,
  arm: { readonly key: K; readonly action?: Arm["action"]; readonly payload?: Json },
): BanditState<V | K, P | Json> {
  requireBandit(state);
  checkFields(arm, armFields);
  const { key, action = { variant: key }, payload = null } = arm;
  const checks = new Checks();
  within(["payload"], () => {
    frozenJson(payload, checks);
    if (checks.problems.length > 0) throw errorOf(checks.problems);
  });
  const { arms } = state.setup;
  if (arms.some((arm) => String(arm.key) === key)) throw new ExperimentError({ taken_key }, ["key"], key);
  const problems = actionProblems(action, arms, ["action"]);
  if (problems.length > 0) throw errorOf(problems);
  const twin = arms[armOf(state.setup, action)];
  if (twin) throw new ExperimentError({ taken_action }, ["action"], action, { other: twin.key });
  const added: Arm<K, Json> = { key, payload, action, share: 0, status: "live" };
  const next = withArms<V | K, P | Json>(state, [...arms, added]);
  return { ...next, ...widened(next, arms.length + 1) };
}

/**
 * A bandit that does not choose an arm for the time being; rewards of earlier decisions are still learned.
 * @param state  the bandit
 * @param key    the arm's
 * @returns the new state
 * @throws ExperimentError `unknown_action` or `removed_arm` at ["key"]
 */
export const pauseArm = <V extends string, P>(state: BanditState<V, P>, key: string): BanditState<V, P> =>
  withStatus(state, key, "paused");

/**
 * A bandit that chooses a paused arm again.
 * @param state  the bandit
 * @param key    the arm's
 * @returns the new state
 * @throws ExperimentError `unknown_action` or `removed_arm` at ["key"]
 */
export const resumeArm = <V extends string, P>(state: BanditState<V, P>, key: string): BanditState<V, P> =>
  withStatus(state, key, "live");

/**
 * A bandit that never chooses an arm again; what was learned of it stays in the state, for the record.
 * @param state  the bandit
 * @param key    the arm's
 * @returns the new state
 * @throws ExperimentError `unknown_action` or `removed_arm` at ["key"]
 */
export const removeArm = <V extends string, P>(state: BanditState<V, P>, key: string): BanditState<V, P> =>
  withStatus(state, key, "removed");
