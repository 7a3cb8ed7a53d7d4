import { contextEncoder } from "../../bandits/encoders/index.js";
import type { ContextFeature } from "../../bandits/index.js";
import type { Estimate } from "../../core/estimate.js";
import type { Json } from "../../core/json.js";
import { errorOf, requireNumber } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type ChoiceLog, choiceLog, type LeftOut } from "../log/choice-log.js";
import type { LogEntry, LoggedChoice } from "../log/logged-choice.js";
import { contradictedReason } from "../log/served-shares.js";
import { type Plays, playsOf, type TargetPolicy } from "../log/target-policy.js";
import { unitIndex } from "../value/unit-index.js";
import { type LearnedPlays, type Learner, type LearningRounds, learnedValue } from "./learned-value.js";
import { RidgeLearner, type RidgeRounds } from "./ridge-learner.js";

/** Which log to learn from, and how. */
export interface LearningRequest {
  /** Rounds in the order in which they were decided: plain rows, or a bandit's decisions with what came back. */
  readonly log: Iterable<LogEntry>;
  /** What is read of contexts; default: nothing, so that one action is best for everyone. */
  readonly features?: readonly ContextFeature[];
  /**
   * Makes a policy of some rounds, the earliest ones first; it is called after every stretch with all rounds so far. Default: the
   * action that a ridge regression on the features promises most of.
   */
  readonly learn?: (rounds: readonly LoggedChoice[]) => TargetPolicy;
  /** Names of actions that the policy may play and the log never did. */
  readonly actions?: readonly string[];
  /** Stretches of the log, after each of which the policy is learned anew, 3 to 1,000; default 10. */
  readonly batches?: number;
  /** Confidence level, fraction in (0, 1); default 0.95. */
  readonly level?: number;
  /** Effective number of rounds below which there is no estimate; default 50, at least 2. */
  readonly leastEffective?: number;
}

const requestFields = {
  log: { kind: "anything" },
  features: { kind: "anything", optional: true },
  learn: { kind: "function", optional: true },
  actions: { kind: "list", of: { kind: "text" }, optional: true },
  batches: { kind: "number", whole: true, atLeast: 3, atMost: 1000, optional: true },
  level: { kind: "number", above: 0, below: 1, optional: true },
  leastEffective: { kind: "number", atLeast: 2, optional: true },
} as const satisfies FieldsFor<LearningRequest>;

/** A policy that was learned from a log, and what it is worth. */
export interface LearnedPolicy {
  readonly rounds: number;
  readonly leftOut: LeftOut;
  /** Names of all actions, in the order of the policy's vectors. */
  readonly actions: readonly string[];
  /** The policy that all rounds teach: the probabilities of the actions in a context. */
  readonly policy: (context: Json, actions: readonly string[]) => readonly number[];
  /** The action that is best for everyone. */
  readonly single: string;
  /** Fraction of the last stretch of rounds in which the policy plays another action. */
  readonly differs: number;
  /** Mean reward per round of the policy, in the reward's unit. */
  readonly value: Estimate;
  /** That less what the log earned per round. */
  readonly gain: Estimate;
  /** That less what the best single action earns, which the same rounds had to find. */
  readonly overSingle: Estimate;
}

/** The rounds of a log, as lines are learned from them. */
function ridgeRounds(log: ChoiceLog, features: readonly ContextFeature[]): RidgeRounds {
  const encoder = contextEncoder(features);
  const { actions, action, rewards, contexts, rows } = log;
  for (let i = 0; i < rewards.length && encoder.size > 1; i++) {
    const found = encoder.problems(contexts[i] ?? null, ["log", rows[i] ?? i, "context"]);
    if (found.length > 0) throw errorOf(found);
  }
  const alike = encoder.size === 1;
  return {
    ...{ actions: actions.length, size: encoder.size, action, rewards },
    contexts: alike ? 1 : rewards.length,
    contextOf: (round) => (alike ? 0 : round),
    encode: (context) => encoder.encode(contexts[context] ?? null),
  };
}

/** A learner of the caller; what is expected of actions stays the lines' word. */
class GivenLearner implements Learner {
  readonly #log: ChoiceLog;
  readonly #learn: (rounds: readonly LoggedChoice[]) => TargetPolicy;
  readonly #lines: RidgeLearner;
  readonly #rounds: LoggedChoice[] = [];
  /** The latest policy. */
  plays: Plays | undefined;

  constructor(log: ChoiceLog, learn: (rounds: readonly LoggedChoice[]) => TargetPolicy, lines: RidgeLearner) {
    this.#log = log;
    this.#learn = learn;
    this.#lines = lines;
  }

  add(round: number): void {
    const { actions, action, rewards, propensities, contexts, units } = this.#log;
    this.#lines.add(round);
    const unit = units?.[round];
    this.#rounds.push({
      action: actions[action[round] ?? 0] ?? "",
      reward: rewards[round] ?? 0,
      propensity: propensities[round] ?? 1,
      context: contexts[round] ?? null,
      ...(unit === undefined ? {} : { unit }),
    });
  }

  expect(round: number, into: Float64Array): void {
    this.#lines.expect(round, into);
  }

  policy(): LearnedPlays {
    const { actions, contexts, eligible } = this.#log;
    const plays = playsOf(this.#learn(this.#rounds.slice()), actions);
    this.plays = plays;
    return {
      add(round, weight, into) {
        const chances = plays(contexts[round] ?? null, eligible[round], round);
        for (let a = 0; a < into.length; a++) into[a] = (into[a] ?? 0) + weight * (chances[a] ?? 0);
      },
    };
  }
}

/**
 * Learns a policy from a log and says what it is worth on the same log, corrected for having learned from it: no rounds have to
 * be kept aside. The policy is learned anew after every stretch of the log, and each change of it is judged by later rounds alone.
 * The best single action, for the question whether contexts earn anything at all, goes through the same.
 * @param request  log, features or a learner of one's own, level
 * @returns the policy, the best single action, and the policy's value, gain over the log and gain over that action; rewards' unit.
 *          `undefined` with the reason where too few rounds decide, the log all but gave up what the policy plays, or its shares
 *          contradict its propensities; `degenerate` where the policy plays the best single action for everyone
 * @throws ExperimentError as `evaluatePolicy` for the log, the features and the policies that `learn` makes; `out_of_range` at ["log"] for fewer
 *         rounds than two a batch; `unknown_key`, `out_of_range` for the rest
 * @source Jia, Imai & Li (2024), The Cram method for efficient simultaneous learning and evaluation (arXiv 2403.07031)
 * @checked test/ope/learning.test.ts — worlds of known truth
 * @example
 * const log = Array.from({ length: 400 }, (_, i) => {
 *   const [age, action] = [i % 4 < 2 ? "young" : "old", i % 2 ? "push" : "mail"];
 *   const reward = Number((age === "young") === (action === "push")) + (i % 7) / 10;
 *   return { action, reward, propensity: 0.5, context: { age } };
 * });
 * const features = [{ kind: "categorical", field: "age", levels: ["young", "old"] }] as const;
 * const learned = learnPolicy({ log, features });
 * learned.policy({ age: "old" }, learned.actions); // [1, 0]
 */
export function learnPolicy(request: LearningRequest): LearnedPolicy {
  checkFields(request, requestFields);
  const { features = [], learn, batches = 10, level = 0.95, leastEffective = 50 } = request;
  const log = choiceLog(request.log, request.actions ?? []);
  requireNumber(log.rewards.length, ["log"], { atLeast: 2 * batches });
  const own = ridgeRounds(log, features);
  const lines = new RidgeLearner(own);
  const given = learn && new GivenLearner(log, learn, lines);
  const rounds: LearningRounds = {
    ...{ actions: log.actions.length, action: log.action, rewards: log.rewards },
    propensities: log.propensities,
    units: unitIndex(log.units)?.of,
  };
  const found = learnedValue(rounds, given ?? lines, { level, batches, least: leastEffective });
  const believed = (estimate: Estimate): Estimate =>
    log.contradicted
      ? { status: "undefined", method: estimate.method, reason: contradictedReason, level }
      : estimate;
  const encoder = contextEncoder(features);
  return {
    rounds: log.rewards.length,
    leftOut: log.leftOut,
    actions: log.actions,
    policy(context) {
      if (given?.plays) return Array.from(given.plays(context, undefined, 0));
      const best = lines.choose(encoder.encode(context));
      return log.actions.map((_, action) => Number(action === best));
    },
    single: log.actions[found.single] ?? "",
    differs: found.differs,
    value: believed(found.value),
    gain: believed(found.gain),
    overSingle: believed(found.overSingle),
  };
}
