import type { Estimate } from "../../core/estimate.js";
import { normalTail, symmetricEstimate } from "../../stats/inference/index.js";
import { effectiveSize } from "../value/overlap.js";

/** A log as policies are learned from it and judged on it: columns, the earliest round first. */
export interface LearningRounds {
  /** Number of actions. */
  readonly actions: number;
  /** Place of each round's action. */
  readonly action: ArrayLike<number>;
  readonly rewards: ArrayLike<number>;
  readonly propensities: ArrayLike<number>;
  /** Number of each round's unit; absent where every round has a unit of its own. */
  readonly units?: ArrayLike<number> | undefined;
  /** Probabilities of all actions in a round, where they were logged. */
  vector?(round: number): ArrayLike<number> | undefined;
}

/** A policy that was learned from some rounds. */
export interface LearnedPlays {
  /** Adds its probabilities in a round, times a weight, to those of all actions. */
  add(round: number, weight: number, into: Float64Array): void;
}

/** Learns as it is given rounds. */
export interface Learner {
  add(round: number): void;
  /** What it expects each action to earn in a round, from the rounds so far. */
  expect(round: number, into: Float64Array): void;
  /** The policy that follows from the rounds so far. */
  policy(): LearnedPlays;
}

/** A learned policy, judged on the log that it was learned from. */
export interface LearnedValue {
  /** Of the policy itself, per round. */
  readonly value: Estimate;
  /** That less what the log earned. */
  gain(): Estimate;
  /** That less the best single action, which was found in the same rounds. */
  readonly overSingle: Estimate;
  /** Place of the best single action, from all rounds. */
  readonly single: number;
  /** Fraction of the last stretch in which the policy plays another action. */
  readonly differs: number;
}

export const thinReason =
  "the learned policy plays too differently from the log: its rounds weigh as much as too few rounds of its own would";
export const alikeReason = "the learned policy plays the best single action for everyone";
export const givenUpReason =
  "the log all but gave up actions that the learned policy plays, so the luck that would decide the estimate has not come yet";

/** The variance that the recorded chances foretell may be this many times the one that was seen. */
const TOLERATED = 4;
const method = "cram";

/**
 * The best single action after some rounds: what was best before stays, as long as another one is not ahead by a standard
 * error.
 * @param totals   sums of every action's scores
 * @param squares  sums of their squares
 */
function nextSingle(
  totals: Float64Array,
  before: number | undefined,
  squares: Float64Array,
  rounds: number,
): number {
  let best = before ?? 0;
  for (let a = 0; a < totals.length; a++) if ((totals[a] ?? 0) > (totals[best] ?? 0)) best = a;
  if (before === undefined) return best;
  const variance = (a: number) => (squares[a] ?? 0) - ((totals[a] ?? 0) * (totals[a] ?? 0)) / rounds;
  const ahead = (totals[best] ?? 0) - (totals[before] ?? 0);
  return ahead > Math.sqrt(variance(best) + variance(before)) ? best : before;
}

/** One estimate, a sum of the rounds' contributions, whose chance is that within stretches. */
class Sum {
  readonly parts: Float64Array;
  /** Weight of the played action in each round. */
  readonly weights: Float64Array;
  #foretold = 0;
  #known = true;

  constructor(rounds: number) {
    this.parts = new Float64Array(rounds);
    this.weights = new Float64Array(rounds);
  }

  /** @param chances  of all actions, that tell the variance before the draw */
  foretell(weights: Float64Array, chances: ArrayLike<number> | undefined): void {
    if (!chances) this.#known = false;
    else
      for (let a = 0; a < weights.length; a++) {
        const [weight, chance] = [weights[a] ?? 0, chances[a] ?? 0];
        if (chance > 0) this.#foretold += (weight * weight) / chance;
      }
  }

  estimate(bounds: readonly number[], { units }: LearningRounds, { level, least }: JudgeOptions): Estimate {
    const { parts, weights } = this;
    const sizes = weights.map(Math.abs);
    let squares = 0;
    for (const weight of sizes) squares += weight * weight;
    let value = 0;
    for (const each of parts) value += each;
    const refused = (reason: string): Estimate => ({ status: "undefined", method, reason, value, level });
    if (squares === 0) return { status: "degenerate", method, reason: alikeReason, value: 0, level };
    if (this.#known && this.#foretold > TOLERATED * squares) return refused(givenUpReason);
    if (effectiveSize(sizes) < least) return refused(thinReason);
    let most = parts.length;
    if (units) for (let i = 0; i < parts.length; i++) most = Math.max(most, (units[i] ?? 0) + 1);
    const byUnit = new Float64Array(most);
    const present = new Uint8Array(most);
    for (let t = 1; t < bounds.length; t++) {
      const [from = 0, to = 0] = [bounds[t - 1], bounds[t]];
      let mean = 0;
      for (let i = from; i < to; i++) mean += (parts[i] ?? 0) / (to - from);
      for (let i = from; i < to; i++) {
        const unit = units ? (units[i] ?? i) : i;
        byUnit[unit] = (byUnit[unit] ?? 0) + (parts[i] ?? 0) - mean;
        present[unit] = 1;
      }
    }
    let [spread, count] = [0, 0];
    for (const each of byUnit) spread += each * each;
    for (const each of present) count += each;
    const free = Math.max(1, count - bounds.length + 1);
    // What is seen is too small on just those runs on which rare actions came less often than their chances say: where more is
    // foretold, the two are averaged.
    const more = this.#known ? Math.max(1, this.#foretold / squares) : 1;
    const error = Math.sqrt((((1 + more) / 2) * spread * count) / free);
    if (!(error > 0)) return { status: "degenerate", method, reason: alikeReason, value, level };
    return symmetricEstimate(method, value, error, normalTail, { level });
  }
}

/** How a learned policy is judged. */
export interface JudgeOptions {
  readonly level: number;
  /** Stretches of the log after each of which the policy is learned anew, at least 3. */
  readonly batches: number;
  /** Effective number of rounds below which there is no estimate. */
  readonly least: number;
}

/**
 * Learns a policy from a log and judges it on the same log: it is learned anew after every stretch, and each change of it is
 * judged by the rounds that come later, which it has not learned from; the changes add up to the policy's worth. The best single
 * action goes through the same, so that its own luck is corrected, too. Scores are doubly robust, by what was expected before, so
 * that a log that learned while it was made is no trouble.
 * @source Jia, Imai & Li (2024), The Cram method for efficient simultaneous learning and evaluation (arXiv 2403.07031)
 */
export function learnedValue(
  rounds: LearningRounds,
  learner: Learner,
  { level, batches, least }: JudgeOptions,
): LearnedValue {
  const { actions, action, rewards, propensities } = rounds;
  const n = rewards.length;
  const bounds = Array.from({ length: batches + 1 }, (_, t) => Math.floor((n * t) / batches));
  const after = (t: number) => 1 / (n - (bounds[t] ?? 0));
  const [value, over] = [new Sum(n), new Sum(n)];
  const learned: LearnedPlays[] = [];
  const singles: number[] = [];
  const totals = new Float64Array(actions);
  const squares = new Float64Array(actions);
  const expected = new Float64Array(actions);
  const [own, single, difference] = [
    new Float64Array(actions),
    new Float64Array(actions),
    new Float64Array(actions),
  ];
  let [earned, differs] = [0, 0];
  for (let j = 0; j < batches; j++) {
    const [from = 0, to = 0] = [bounds[j], bounds[j + 1]];
    // Each policy stands in the sum with what its own rounds after it say, less what the next one takes over.
    const weightOf = (t: number) => after(t + 1) - (t + 1 < j ? after(t + 2) : 0);
    single.fill(0);
    for (const [t, place] of singles.entries()) single[place] = (single[place] ?? 0) + weightOf(t);
    const standing = learned.map((_, t) => weightOf(t));
    const start = (j > 0 ? 1 / n - after(1) : 1 / n) / actions;
    for (let i = from; i < to; i++) {
      const [played, reward] = [action[i] ?? 0, rewards[i] ?? 0];
      if (j > 0) learner.expect(i, expected);
      else expected.fill(i > 0 ? earned / i : 0);
      own.fill(0);
      for (let t = 0; t < learned.length; t++) learned[t]?.add(i, standing[t] ?? 0, own);
      const surprise = (reward - (expected[played] ?? 0)) / (propensities[i] ?? 1);
      for (let a = 0; a < actions; a++) {
        const score = (expected[a] ?? 0) + (a === played ? surprise : 0);
        totals[a] = (totals[a] ?? 0) + score;
        squares[a] = (squares[a] ?? 0) + score * score;
        const apart = (own[a] ?? 0) - (single[a] ?? 0);
        difference[a] = apart;
        own[a] = (own[a] ?? 0) + start;
        value.parts[i] = (value.parts[i] ?? 0) + (own[a] ?? 0) * score;
        over.parts[i] = (over.parts[i] ?? 0) + apart * score;
      }
      value.weights[i] = (own[played] ?? 0) / (propensities[i] ?? 1);
      over.weights[i] = (difference[played] ?? 0) / (propensities[i] ?? 1);
      const vector = rounds.vector?.(i);
      value.foretell(own, vector);
      over.foretell(difference, vector);
      earned += reward;
      const best = singles.at(-1);
      if (j === batches - 1 && best !== undefined) {
        own.fill(0);
        learned.at(-1)?.add(i, 1, own);
        differs += 1 - (own[best] ?? 0);
      }
    }
    for (let i = from; i < to; i++) learner.add(i);
    learned.push(learner.policy());
    singles.push(nextSingle(totals, singles.at(-1), squares, to));
  }
  const last = n - (bounds[batches - 1] ?? 0);
  const told = { level, batches, least };
  return {
    value: value.estimate(bounds, rounds, told),
    gain() {
      for (let i = 0; i < n; i++) value.parts[i] = (value.parts[i] ?? 0) - (rewards[i] ?? 0) / n;
      return value.estimate(bounds, rounds, told);
    },
    overSingle: over.estimate(bounds, rounds, told),
    single: singles.at(-1) ?? 0,
    differs: differs / last,
  };
}
