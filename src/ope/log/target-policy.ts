import { type BanditState, probabilities } from "../../bandits/index.js";
import { requireBandit } from "../../bandits/state/index.js";
import type { Json } from "../../core/json.js";
import {
  type ErrorPath,
  ExperimentError,
  errorOf,
  nearName,
  numberProblem,
  policy_sum,
  refuseType,
  requireList,
  unknown_action,
  wrong_length,
} from "../../errors/index.js";
import { isPlainObject } from "../../shapes/index.js";

/**
 * The policy whose worth is asked: one action always; fixed shares by action; a bandit as it is now; or a function that says
 * for a context which action it plays, or with which probability it plays each, in the order of `actions`.
 */
export type TargetPolicy =
  | string
  | Readonly<Record<string, number>>
  | BanditState
  | ((context: Json, actions: readonly string[]) => string | ArrayLike<number>);

/** Gives the probability of every action in a context; the answer is valid until the next one. */
export type Plays = (
  context: Json,
  eligible: readonly string[] | undefined,
  round: number,
) => ArrayLike<number>;

const isBandit = (policy: TargetPolicy): policy is BanditState =>
  isPlainObject(policy) && isPlainObject((policy as { readonly setup?: unknown }).setup);

/** Names of actions that the policy itself knows. */
export function actionsOf(policy: TargetPolicy): readonly string[] {
  if (isBandit(policy)) {
    requireBandit(policy, "policy");
    return policy.setup.arms.map(({ key }) => key);
  }
  return [];
}

/** @throws ExperimentError for what is not a probability vector, within `path` */
function requireVector(vector: unknown, actions: readonly string[], path: ErrorPath): void {
  requireList(vector, path);
  if (vector.length !== actions.length)
    throw new ExperimentError({ wrong_length }, path, vector.length, {
      expected: { length: actions.length },
      other: "actions",
    });
  let sum = 0;
  for (let k = 0; k < vector.length; k++) {
    const each = vector[k];
    if (!(typeof each === "number" && each >= 0 && each <= 1 + 1e-9)) {
      const found = numberProblem(each, [...path, k], { atLeast: 0, atMost: 1 });
      if (found) throw errorOf([found]);
    }
    sum += each as number;
  }
  if (!(Math.abs(sum - 1) <= 1e-6)) throw new ExperimentError({ policy_sum }, path, sum);
}

/** One vector an action, each playing that action for certain. */
function certainOf(actions: readonly string[]): (name: string, path: ErrorPath) => Float64Array {
  const vectors = new Map<string, Float64Array>();
  return (name, path) => {
    let vector = vectors.get(name);
    if (vector) return vector;
    const at = actions.indexOf(name);
    if (at < 0) throw new ExperimentError({ unknown_action }, path, name, nearName(name, actions));
    vectors.set(name, (vector = new Float64Array(actions.length)));
    vector[at] = 1;
    return vector;
  };
}

function banditPlays(state: BanditState, actions: readonly string[]): Plays {
  const places = state.setup.arms.map(({ key }) => actions.indexOf(key));
  const known = new WeakMap<readonly number[], Float64Array>();
  return (context, eligible) => {
    const own = probabilities(state, eligible ? { context, eligible } : { context });
    let vector = known.get(own);
    if (!vector) {
      known.set(own, (vector = new Float64Array(actions.length)));
      for (const [arm, place] of places.entries()) vector[place] = own[arm] as number;
    }
    return vector;
  };
}

/**
 * @param policy   of the caller
 * @param actions  names of all actions, those of `actionsOf` among them
 * @throws ExperimentError at ["policy"] for what is not a policy, a vector or an action
 */
export function playsOf(policy: TargetPolicy, actions: readonly string[]): Plays {
  const certain = certainOf(actions);
  if (typeof policy === "string") {
    const vector = certain(policy, ["policy"]);
    return () => vector;
  }
  if (typeof policy === "function")
    return (context, _, round) => {
      const path = ["policy", round] as const;
      const answer: unknown = policy(context, actions);
      if (typeof answer === "string") return certain(answer, path);
      requireVector(answer, actions, path);
      return answer as ArrayLike<number>;
    };
  if (isBandit(policy)) return banditPlays(policy, actions);
  if (!isPlainObject(policy)) refuseType(policy, ["policy"], ["text", "object", "function"]);
  for (const name of Object.keys(policy))
    if (!actions.includes(name))
      throw new ExperimentError({ unknown_action }, ["policy", name], name, nearName(name, actions));
  const shares = actions.map((name) => (Object.hasOwn(policy, name) ? policy[name] : 0));
  requireVector(shares, actions, ["policy"]);
  const vector = Float64Array.from(shares as number[]);
  return () => vector;
}
