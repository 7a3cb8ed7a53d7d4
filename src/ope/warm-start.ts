import type { BanditState } from "../bandits/index.js";
import { withHistory } from "../bandits/index.js";
import { mergeLearning, requireBandit, scaleSums } from "../bandits/state/index.js";
import type { Json } from "../core/json.js";
import {
  errorOf,
  nearName,
  type Problem,
  problem,
  reward_unsupported,
  unknown_action,
} from "../errors/index.js";
import { checkFields, type FieldsFor } from "../shapes/index.js";
import { type ChoiceLog, choiceLog, type LeftOut } from "./log/choice-log.js";
import type { LogEntry } from "./log/logged-choice.js";
import { contradictedReason } from "./log/served-shares.js";
import { effectiveSize } from "./value/overlap.js";

/** Which bandit is to start from which log. */
export interface WarmStartRequest<V extends string = string, P = unknown> {
  /** The bandit, usually one that knows nothing yet; its model learns. */
  readonly state: BanditState<V, P>;
  /** Rounds in any order: plain rows, or a bandit's decisions with what came back. */
  readonly log: Iterable<LogEntry>;
  /** Effective rounds below which an arm starts from nothing; default 10. */
  readonly leastEffective?: number;
  /** Effective rewards that the log counts for at most, of each arm; default: all there are. */
  readonly most?: number;
}

const requestFields = {
  state: { kind: "anything" },
  log: { kind: "anything" },
  leastEffective: { kind: "number", above: 0, optional: true },
  most: { kind: "number", above: 0, optional: true },
} as const satisfies FieldsFor<WarmStartRequest>;

/** What one arm starts from. */
export type WarmArm = {
  readonly arm: string;
  readonly rounds: number;
  /** (Σ w)² / Σ w² of the arm's rounds: what they count for, before `most`. */
  readonly effectiveSize: number;
} & ({ readonly status: "ok" } | { readonly status: "undefined"; readonly reason: string });

/** A bandit that starts from a log. */
export interface WarmStart<V extends string = string, P = unknown> {
  readonly state: BanditState<V, P>;
  readonly rounds: number;
  /**
   * Whether rounds weigh by the reciprocal of their propensities; not where every arm's was always the same, or no round has a
   * context that it could have followed.
   */
  readonly weighted: boolean;
  /** In the order of the bandit's arms. */
  readonly arms: readonly WarmArm[];
  readonly leftOut: LeftOut;
}

export const thinArmReason = "its rounds weigh as much as too few rounds that were drawn evenly would";
export const unplayedArmReason = "the log never played it";
export const chosenReason =
  "every action was chosen with certainty, so the log cannot say whether the arms or those who got them made the rewards";

const MOST_PROBLEMS = 20;
const CERTAIN = 1 - 1e-9;

/** Refuses rounds that the bandit could not have played or learned. */
function requireLearnable(log: ChoiceLog, { setup }: BanditState): void {
  const { arms, model } = setup;
  const problems: Problem[] = [];
  for (let i = 0; i < log.rewards.length && problems.length < MOST_PROBLEMS; i++) {
    const row = log.rows[i] ?? 0;
    const own = log.action[i] ?? 0;
    const name = log.actions[own] ?? "";
    if (own >= arms.length) {
      const known = arms.map(({ key }) => key);
      problems.push(problem({ unknown_action }, ["log", row, "action"], name, nearName(name, known)));
    }
    const reward = log.rewards[i] ?? 0;
    if (!model.supports(reward))
      problems.push(problem({ reward_unsupported }, ["log", row, "reward"], reward));
    problems.push(...(model.contextProblems?.(log.contexts[i] ?? null, ["log", row, "context"]) ?? []));
  }
  if (problems.length > 0) throw errorOf(problems.slice(0, MOST_PROBLEMS));
}

/** Whether chances may have followed contexts: only then a plain sum mixes an arm's worth with whom it was given to. */
function mayFollowContexts({ action, propensities, contexts }: ChoiceLog, arms: number): boolean {
  if (contexts.every((context) => context === null)) return false;
  const first = new Float64Array(arms);
  for (let i = 0; i < action.length; i++) {
    const own = action[i] ?? 0;
    const chance = propensities[i] ?? 1;
    if (first[own] === 0) first[own] = chance;
    else if (first[own] !== chance) return true;
  }
  return false;
}

/** Rounds of one arm that weigh the same, as the model learns them. */
interface Group {
  readonly weight: number;
  readonly learned: { readonly arm: number; readonly reward: number; readonly context: Json }[];
}

/**
 * A bandit that starts from a log: any model, learning from rounds that another policy chose. Where chances may have followed
 * the contexts, each round of an arm weighs by the reciprocal of its propensity, scaled so that all of them count as their
 * effective size; a plain sum would mix what an arm earns with whom it was given to. Where every arm's chance was always the
 * same, the weights are, too, and where no round has a context, chances followed earlier rewards at most, which a posterior
 * already knows: there plain sums are learned.
 * @param request  state, log; leastEffective, most
 * @returns the state, which starts as `withHistory` makes it (its count of rewards stays, none was earned here; it merges with no other
 *          that starts from the same log, unless by deltas), and what each arm starts from. An arm that is `undefined` starts from nothing,
 *          with the reason: too thin, never played, a log whose shares contradict its probabilities, or that left nothing to chance
 * @throws ExperimentError with up to twenty problems of the log, from ["log", i], as `evaluatePolicy`; there also `unknown_action`,
 *         `reward_unsupported` and the model's problems with a context; `not_a_bandit` at ["state"]; `empty_data` at ["log"]; `unknown_key`,
 *         `out_of_range` for the options
 * @source weights: Horvitz & Thompson (1952), JASA 47; effective size: Kish (1965), Survey Sampling
 * @checked test/ope/warm-start.test.ts — a world in which chances follow contexts
 */
export function warmStart<V extends string, P>(request: WarmStartRequest<V, P>): WarmStart<V, P> {
  checkFields(request, requestFields);
  const { state, leastEffective = 10, most = Number.MAX_VALUE } = request;
  requireBandit(state);
  const { arms, model } = state.setup;
  const log = choiceLog(
    request.log,
    arms.map(({ key }) => key),
  );
  requireLearnable(log, state);
  const weighted = mayFollowContexts(log, arms.length);
  const weights = arms.map((): number[] => []);
  for (const [i, own] of log.action.entries())
    weights[own]?.push(weighted ? 1 / (log.propensities[i] ?? 1) : 1);
  const played = weights.filter((own) => own.length > 0).length;
  const refused = log.contradicted
    ? contradictedReason
    : played > 1 && log.propensities.every((chance) => chance > CERTAIN)
      ? chosenReason
      : undefined;
  const found = arms.map(({ key: arm }, k): WarmArm => {
    const own = weights[k] ?? [];
    const size = effectiveSize(Float64Array.from(own));
    const thin = size < leastEffective ? thinArmReason : undefined;
    const reason = refused ?? (own.length === 0 ? unplayedArmReason : thin);
    const told = { arm, rounds: own.length, effectiveSize: size };
    return reason === undefined ? { ...told, status: "ok" } : { ...told, status: "undefined", reason };
  });
  const totals = weights.map((own) => own.reduce((sum, each) => sum + each, 0));
  const groups = new Map<string, Group>();
  for (const [i, arm] of log.action.entries()) {
    const told = found[arm];
    if (told?.status !== "ok") continue;
    const chance = weighted ? (log.propensities[i] ?? 1) : 1;
    const key = weighted ? `${arm} ${chance}` : "";
    let group = groups.get(key);
    if (!group) {
      const scale = weighted ? told.effectiveSize / (totals[arm] ?? 1) : 1;
      groups.set(key, (group = { weight: scale / chance, learned: [] }));
    }
    group.learned.push({ arm, reward: log.rewards[i] ?? 0, context: log.contexts[i] ?? null });
  }
  let past = { rewards: 0, sums: model.empty(arms.length) };
  for (const { weight, learned } of groups.values()) {
    const sums = model.learn(model.empty(arms.length), learned);
    const own = weight === 1 ? sums : scaleSums(model, sums, weight);
    past = { ...mergeLearning(model, past, { rewards: learned.length, sums: own }) };
  }
  return {
    state: past.rewards > 0 ? withHistory(state, { ...state, ...past }, { most }) : state,
    rounds: log.rewards.length,
    weighted,
    arms: found,
    leftOut: log.leftOut,
  };
}
