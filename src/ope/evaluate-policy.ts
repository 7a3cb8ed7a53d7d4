import { contextEncoder } from "../bandits/encoders/index.js";
import type { ContextFeature } from "../bandits/index.js";
import { errorOf, numberProblem, refuseType, requireNumber } from "../errors/index.js";
import { checkFields, type FieldsFor } from "../shapes/index.js";
import { type ChoiceLog, choiceLog, type LeftOut } from "./log/choice-log.js";
import type { LogEntry } from "./log/logged-choice.js";
import { contradictedReason } from "./log/served-shares.js";
import { actionsOf, type Plays, playsOf, type TargetPolicy } from "./log/target-policy.js";
import { crossFitted, foretold, type Predictions, type RewardFunction } from "./model/predictions.js";
import { Valuation } from "./value/valuation.js";
import type { PolicyValue } from "./value/value-estimate.js";
import { fullValueOptions, type ValueOptions, valueFields } from "./value/value-options.js";

/** Which policy to evaluate, on which log, and how. */
export interface EvaluationRequest extends ValueOptions {
  /** Rounds in any order: plain rows, or a bandit's decisions with what came back (`readRounds` of `essai/engines`). */
  readonly log: Iterable<LogEntry>;
  readonly policy: TargetPolicy;
  /** Names of actions that the policy may play and the log never did, in the order of the policy's vectors. */
  readonly actions?: readonly string[];
  /** What the model of rewards reads of contexts; default: nothing, an action's mean is all that it knows. */
  readonly features?: readonly ContextFeature[];
  /**
   * What of an action reaches the reward, for `mips`: actions for which it gives the same text are taken to earn the same. The
   * log then needs the `probabilities` of every round. Default: the action itself, and `mips` is `ips`.
   */
  readonly embedding?: (action: string) => string;
  /** A model of one's own instead; it should not have learned from this log. */
  readonly predict?: RewardFunction;
  /** Folds of cross-fitting, 2 to 100; default 5. */
  readonly folds?: number;
}

const requestFields = {
  ...valueFields,
  log: { kind: "anything" },
  policy: { kind: "anything" },
  actions: { kind: "list", of: { kind: "text" }, optional: true },
  features: { kind: "anything", optional: true },
  embedding: { kind: "function", optional: true },
  predict: { kind: "function", optional: true },
  folds: { kind: "number", whole: true, atLeast: 2, atMost: 100, optional: true },
} as const satisfies FieldsFor<EvaluationRequest>;

/** How often one action is played. */
export interface ActionShare {
  readonly action: string;
  /** Fraction of the log's rounds. */
  readonly logged: number;
  /** Mean probability by the policy. */
  readonly policy: number;
}

/** What a log says of a policy, and what was read. */
export interface PolicyEvaluation extends PolicyValue {
  readonly actions: readonly ActionShare[];
  readonly leftOut: LeftOut;
}

/** What of actions reaches the reward, each action asked about once. */
function classesOf(embedding: (action: string) => string): (action: string) => string {
  const known = new Map<string, string>();
  return (action) => {
    let own = known.get(action);
    if (own === undefined) {
      own = embedding(action);
      if (typeof own !== "string") refuseType(own, ["embedding", action], "text");
      known.set(action, own);
    }
    return own;
  };
}

/** The policy's probabilities of what was played, and of all that share its class, and its shares of all actions. */
function played(
  { actions, action, contexts, eligible }: ChoiceLog,
  plays: Plays,
  classOf: (action: string) => string,
) {
  const targets = new Float64Array(action.length);
  const marginalTargets = new Float64Array(action.length);
  const classes = actions.map(classOf);
  const sums = new Float64Array(actions.length);
  const counts = new Float64Array(actions.length);
  for (let i = 0; i < action.length; i++) {
    const own = action[i] as number;
    const chances = plays(contexts[i] as never, eligible[i], i);
    targets[i] = chances[own] as number;
    counts[own] = (counts[own] as number) + 1;
    let marginal = 0;
    for (let a = 0; a < sums.length; a++) {
      const chance = chances[a] as number;
      sums[a] = (sums[a] as number) + chance;
      if (classes[a] === classes[own]) marginal += chance;
    }
    marginalTargets[i] = Math.min(1, marginal);
  }
  const shares = actions.map(
    (name, a): ActionShare => ({
      action: name,
      logged: (counts[a] as number) / action.length,
      policy: (sums[a] as number) / action.length,
    }),
  );
  return { targets, marginalTargets, shares };
}

/** Weights that make a fit's errors matter as they do in a doubly robust estimate. */
const variancesOf = (targets: Float64Array, { propensities }: ChoiceLog): Float64Array =>
  targets.map((target, i) => {
    const p = propensities[i] as number;
    return (target * target * Math.max(0, 1 - p)) / (p * p);
  });

/**
 * What a policy would have earned on a log that another one made, from the log's propensities. The log may be a bandit's, an
 * experiment's, or anybody's table of action, reward and probability.
 * @param request  log, policy, estimators; what the model of rewards reads; random and replicates for bootstrap intervals
 * @returns as `policyValue`, with the shares of the actions; rewards in the log's unit. All estimates are `undefined`, with the
 *          reason, where the log's own shares contradict its probabilities
 * @throws ExperimentError with up to twenty problems of the log, from ["log", i]: `missing_value`, `wrong_type`, `out_of_range` (a
 *         propensity of 0 or above 1), `probabilities_sum`, `propensity_mismatch`, `mixed_experiments`, `unknown_key`; `empty_data` at ["log"], and
 *         `out_of_range` there for fewer than two rewards; `missing_value` at ["log", i, "probabilities"] where an embedding needs them; `wrong_type` at ["embedding", action]; at ["policy", …] `unknown_action`, `policy_sum`, `wrong_length`, `not_a_bandit`; at ["features", i] and
 *         ["log", i, "context"] what the encoder says; `unknown_name`, `unknown_key`, `out_of_range` for the options
 * @source Dudík, Langford & Li (2011), ICML; cross-fitting: Chernozhukov et al. (2018), Econometrics Journal 21
 * @checked test/ope/evaluate-policy.test.ts — worlds of known truth
 * @example
 * const log = [1, 0, 1, 0, 0, 1, 0, 0].map((reward, i) => ({ action: i % 2 ? "b" : "a", reward, propensity: 0.5 }));
 * const { estimates } = evaluatePolicy({ log, policy: "a", estimators: ["snips"], leastEffective: 4 });
 * estimates[0]?.value.value; // 0.5
 */
export function evaluatePolicy(request: EvaluationRequest): PolicyEvaluation {
  checkFields(request, requestFields);
  const { policy, features = [], embedding, predict, folds = 5 } = request;
  const options = fullValueOptions(request, true);
  const encoder = contextEncoder(features);
  const classOf = embedding ? classesOf(embedding) : (action: string) => action;
  const first = [...(request.actions ?? []), ...actionsOf(policy)];
  const log = choiceLog(request.log, first, embedding && classOf);
  if (log.rewards.length < 2) requireNumber(log.rewards.length, ["log"], { atLeast: 2 });
  requireSupport(log, options.support);
  const plays = playsOf(policy, log.actions);
  const { targets, marginalTargets, shares } = played(log, plays, classOf);
  const fitted = (weights?: Float64Array): Predictions =>
    predict ? foretold(log, plays, predict) : crossFitted(log, plays, encoder, folds, weights);
  const models = options.asked.map(({ estimator }) =>
    estimator.model === "none" ? "none" : estimator.ownFit,
  );
  const plain = models.includes(false) ? fitted() : undefined;
  const own = models.includes(true) ? fitted(variancesOf(targets, log)) : undefined;
  const weighed = { targets, propensities: log.propensities };
  const valuationOf = (predictions: Predictions | undefined, weights = weighed) =>
    new Valuation(
      {
        ...{ rewards: log.rewards, ...weights },
        ...predictions,
        ...(log.units ? { units: log.units } : {}),
      },
      options,
      log.contradicted ? contradictedReason : undefined,
    );
  const [usual, fittedForIt] = [valuationOf(plain), own && valuationOf(own)];
  const marginal = options.asked.some(({ estimator }) => estimator.marginal)
    ? valuationOf(undefined, {
        targets: marginalTargets,
        propensities: log.marginals ?? log.propensities,
      })
    : usual;
  return {
    logged: usual.logged,
    overlap: usual.overlap,
    actions: shares,
    leftOut: log.leftOut,
    estimates: options.asked.map((asked) =>
      (asked.estimator.marginal
        ? marginal
        : asked.estimator.ownFit && fittedForIt
          ? fittedForIt
          : usual
      ).estimate(asked),
    ),
  };
}

function requireSupport({ rewards, rows }: ChoiceLog, [least, most]: readonly [number, number]): void {
  const at = rewards.findIndex((reward) => reward < least || reward > most);
  if (at < 0) return;
  const found = numberProblem(rewards[at], ["log", rows[at] as number, "reward"], {
    atLeast: least,
    atMost: most,
  });
  if (found) throw errorOf([found]);
}
