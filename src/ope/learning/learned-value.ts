import type { Estimate } from "../../core/estimate.js";
import { normalTail, symmetricEstimate } from "../../stats/inference/index.js";

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
  readonly gain: Estimate;
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
  /** Contributions of the stretch that is open. */
  readonly #parts: Float64Array;
  readonly #units: ArrayLike<number> | undefined;
  readonly #byUnit: Float64Array;
  readonly #present: Uint8Array;
  #from = 0;
  #open = 0;
  #stretches = 0;
  #value = 0;
  /** Σ (contribution − its stretch's mean)², where every round has a unit of its own. */
  #spread = 0;
  /** Weights of the played actions: Σ |w| and Σ w². */
  #sizes = 0;
  #squares = 0;
  #foretold = 0;
  #known = true;

  /** @param longest  rounds of a stretch at most */
  constructor(longest: number, units: ArrayLike<number> | undefined) {
    this.#parts = new Float64Array(longest);
    this.#units = units;
    let most = 0;
    if (units) for (let i = 0; i < units.length; i++) most = Math.max(most, (units[i] ?? 0) + 1);
    this.#byUnit = new Float64Array(most);
    this.#present = new Uint8Array(most);
  }

  /** Adds the next round: what it contributes, and the weight of the action that it played. */
  add(part: number, weight: number): void {
    this.#parts[this.#open] = part;
    this.#open += 1;
    this.#value += part;
    this.#sizes += Math.abs(weight);
    this.#squares += weight * weight;
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

  /** Ends a stretch. */
  close(): void {
    const [parts, units, open] = [this.#parts, this.#units, this.#open];
    let mean = 0;
    for (let i = 0; i < open; i++) mean += (parts[i] ?? 0) / open;
    for (let i = 0; i < open; i++) {
      const apart = (parts[i] ?? 0) - mean;
      if (units) {
        const unit = units[this.#from + i] ?? 0;
        this.#byUnit[unit] = (this.#byUnit[unit] ?? 0) + apart;
        this.#present[unit] = 1;
      } else this.#spread += apart * apart;
    }
    this.#from += open;
    this.#open = 0;
    this.#stretches += 1;
  }

  estimate({ level, least }: JudgeOptions): Estimate {
    const [value, squares] = [this.#value, this.#squares];
    const refused = (reason: string): Estimate => ({ status: "undefined", method, reason, value, level });
    if (squares === 0) return { status: "degenerate", method, reason: alikeReason, value: 0, level };
    if (this.#known && this.#foretold > TOLERATED * squares) return refused(givenUpReason);
    if ((this.#sizes / squares) * this.#sizes < least) return refused(thinReason);
    let [spread, count] = [this.#spread, this.#units ? 0 : this.#from];
    for (const each of this.#byUnit) spread += each * each;
    for (const each of this.#present) count += each;
    const free = Math.max(1, count - this.#stretches);
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
  const { actions, action, rewards, propensities, units } = rounds;
  const n = rewards.length;
  const bounds = Array.from({ length: batches + 1 }, (_, t) => Math.floor((n * t) / batches));
  const after = (t: number) => 1 / (n - (bounds[t] ?? 0));
  const sum = () => new Sum(Math.ceil(n / batches), units);
  const [value, gain, over] = [sum(), sum(), sum()];
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
      let [part, apartPart] = [0, 0];
      const surprise = (reward - (expected[played] ?? 0)) / (propensities[i] ?? 1);
      for (let a = 0; a < actions; a++) {
        const score = (expected[a] ?? 0) + (a === played ? surprise : 0);
        totals[a] = (totals[a] ?? 0) + score;
        squares[a] = (squares[a] ?? 0) + score * score;
        const apart = (own[a] ?? 0) - (single[a] ?? 0);
        difference[a] = apart;
        own[a] = (own[a] ?? 0) + start;
        part += (own[a] ?? 0) * score;
        apartPart += apart * score;
      }
      const weight = (own[played] ?? 0) / (propensities[i] ?? 1);
      value.add(part, weight);
      gain.add(part - reward / n, weight);
      over.add(apartPart, (difference[played] ?? 0) / (propensities[i] ?? 1));
      const vector = rounds.vector?.(i);
      value.foretell(own, vector);
      gain.foretell(own, vector);
      over.foretell(difference, vector);
      earned += reward;
      const best = singles.at(-1);
      if (j === batches - 1 && best !== undefined) {
        own.fill(0);
        learned.at(-1)?.add(i, 1, own);
        differs += 1 - (own[best] ?? 0);
      }
    }
    for (const each of [value, gain, over]) each.close();
    for (let i = from; i < to; i++) learner.add(i);
    learned.push(learner.policy());
    singles.push(nextSingle(totals, singles.at(-1), squares, to));
  }
  const last = n - (bounds[batches - 1] ?? 0);
  const told = { level, batches, least };
  return {
    value: value.estimate(told),
    gain: gain.estimate(told),
    overSingle: over.estimate(told),
    single: singles.at(-1) ?? 0,
    differs: differs / last,
  };
}
