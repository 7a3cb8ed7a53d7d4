import { RewardFit } from "../model/reward-fit.js";
import type { LearnedPlays, Learner } from "./learned-value.js";

/** What a learner of lines reads of a log. */
export interface RidgeRounds {
  readonly actions: number;
  /** Length of the contexts' vectors. */
  readonly size: number;
  readonly action: ArrayLike<number>;
  readonly rewards: ArrayLike<number>;
  /** Number of different contexts. */
  readonly contexts: number;
  /** Number of a round's context. */
  contextOf(round: number): number;
  /** The vector of a context, valid until the next call. */
  encode(context: number): Float64Array;
}

/** Contexts beyond which nothing is kept of each: what they tell is worked out anew. */
const MOST_KEPT = 4096;

/** Standard errors by which another action has to promise more. */
const MARGIN = Math.SQRT2;

/** What coefficients expect of all actions in a context. */
function expectedOf(coefficients: Float64Array, x: ArrayLike<number>, into: Float64Array): Float64Array {
  let at = 0;
  for (let a = 0; a < into.length; a++) {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += (coefficients[at++] ?? 0) * (x[j] ?? 0);
    into[a] = sum;
  }
  return into;
}

/** What a fit expects of all actions in some contexts, worked out once each where contexts come again. */
class Expectations {
  readonly #rounds: RidgeRounds;
  readonly coefficients: Float64Array;
  readonly #kept: (Float64Array | undefined)[] = [];

  constructor(rounds: RidgeRounds, coefficients: Float64Array) {
    this.#rounds = rounds;
    this.coefficients = coefficients;
  }

  of(context: number, buffer: Float64Array): Float64Array {
    const kept = this.#kept[context];
    if (kept) return kept;
    const { actions, contexts, encode } = this.#rounds;
    const into = contexts <= MOST_KEPT ? new Float64Array(actions) : buffer;
    expectedOf(this.coefficients, encode(context), into);
    if (contexts <= MOST_KEPT) this.#kept[context] = into;
    return into;
  }
}

/** The action that promises most, if it promises more than the one before by a margin. */
function next(expected: Float64Array, before: number, margin: number): number {
  let best = before;
  for (let a = 0; a < expected.length; a++) if ((expected[a] ?? 0) > (expected[best] ?? 0)) best = a;
  return (expected[best] ?? 0) - (expected[before] ?? 0) > margin ? best : before;
}

/** What was known when a policy was learned. */
interface Snapshot {
  readonly expectations: Expectations;
  /** By how much another action has to promise more than the one before. */
  readonly margin: number;
}

/**
 * Learns a line for each action around one for all. Its policy plays what promises most, but moves away from what it played
 * before (at first the action with the best mean) only for more than chance is likely to promise: moves between actions that
 * are alike earn nothing, and would have to be judged anew.
 */
export class RidgeLearner implements Learner {
  readonly #rounds: RidgeRounds;
  readonly #fit: RewardFit;
  readonly #buffer: Float64Array;
  readonly #snapshots: Snapshot[] = [];
  /** What the policies so far play in each context, where contexts come again; else in the last one. */
  readonly #kept: number[][] = [];
  #last: number[] = [];
  #lastContext = -1;
  readonly #counts: Float64Array;
  readonly #sums: Float64Array;
  #seen = 0;
  #total = 0;
  #squares = 0;
  #expectations: Expectations | undefined;
  #start = 0;

  constructor(rounds: RidgeRounds) {
    const { actions, size } = rounds;
    this.#rounds = rounds;
    this.#fit = new RewardFit(actions, size, 1);
    this.#buffer = new Float64Array(actions);
    this.#counts = new Float64Array(actions);
    this.#sums = new Float64Array(actions);
  }

  add(round: number): void {
    const { action, rewards, contextOf, encode } = this.#rounds;
    const [played, reward] = [action[round] ?? 0, rewards[round] ?? 0];
    this.#expectations = undefined;
    this.#fit.add(0, played, encode(contextOf(round)), reward, 1);
    this.#counts[played] = (this.#counts[played] ?? 0) + 1;
    this.#sums[played] = (this.#sums[played] ?? 0) + reward;
    this.#seen += 1;
    this.#total += reward;
    this.#squares += reward * reward;
  }

  #now(): Expectations {
    return (this.#expectations ??= new Expectations(this.#rounds, this.#fit.whole()));
  }

  expect(round: number, into: Float64Array): void {
    const own = this.#now().of(this.#rounds.contextOf(round), into);
    if (own !== into) into.set(own);
  }

  /** Some standard errors of what two actions promise apart, were all played alike. */
  get #margin(): number {
    const { actions, size } = this.#rounds;
    const mean = this.#total / this.#seen;
    const variance = Math.max(0, this.#squares / this.#seen - mean * mean);
    return MARGIN * Math.sqrt((2 * variance * size * actions) / this.#seen);
  }

  /** What every policy so far plays in a context, the earliest first. */
  #choices(context: number): readonly number[] {
    const keeps = this.#rounds.contexts <= MOST_KEPT;
    if (!keeps && context !== this.#lastContext) [this.#last, this.#lastContext] = [[], context];
    const list = keeps ? (this.#kept[context] ??= []) : this.#last;
    for (let t = list.length; t < this.#snapshots.length; t++) {
      const { expectations, margin } = this.#snapshots[t] ?? this.#snapshot();
      const before = t > 0 ? (list[t - 1] ?? 0) : this.#start;
      list.push(next(expectations.of(context, this.#buffer), before, margin));
    }
    return list;
  }

  /**
   * What the latest policy plays in any context.
   * @param x  its vector
   */
  choose(x: Float64Array): number {
    return this.#snapshots.reduce(
      (before, { expectations, margin }) =>
        next(expectedOf(expectations.coefficients, x, this.#buffer), before, margin),
      this.#start,
    );
  }

  #snapshot(): Snapshot {
    return { expectations: this.#now(), margin: this.#margin };
  }

  policy(): LearnedPlays {
    if (this.#snapshots.length === 0)
      for (let a = 1; a < this.#counts.length; a++)
        if (this.#mean(a) > this.#mean(this.#start)) this.#start = a;
    const at = this.#snapshots.push(this.#snapshot()) - 1;
    return {
      add: (round, weight, into) => {
        const place = this.#choices(this.#rounds.contextOf(round))[at] ?? 0;
        into[place] = (into[place] ?? 0) + weight;
      },
    };
  }

  #mean(action: number): number {
    return ((this.#sums[action] ?? 0) + this.#total / this.#seen) / ((this.#counts[action] ?? 0) + 1);
  }
}
