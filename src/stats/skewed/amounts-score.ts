import { skewCorrected } from "../proportions/skew-score.js";
import type { AmountArm } from "./amount-arm.js";

/** An arm's part in a compared quantity. */
export interface WeightedArm {
  readonly arm: AmountArm;
  /** Its mean's factor in the difference that is compared; in a lift its size. */
  readonly weight: number;
  /** How strongly a hypothesis moves it, and which way: > 0 where the hypothesis lowers it. */
  readonly pull: number;
}

/** Units with an amount in an arm from which on its own shape of amounts outweighs the one of all arms. */
const ownShapeFrom = 300;
/** A hypothesis is not let blow up the spread about it: amounts are judged about no less than this part of their mean. */
const leastPart = 0.5;
/** Amounts' means are moved by no more than a factor e to this. */
const farthest = 40;

/** The coefficient of variation of the amounts, squared, pooled over the arms. */
export function relativeSpread(arms: readonly WeightedArm[]): number {
  let [sum, df] = [0, 0];
  for (const { arm } of arms) {
    if (arm.count < 2) continue;
    sum += arm.spread / arm.amount / arm.amount;
    df += arm.count - 1;
  }
  return df > 0 ? sum / df : 0;
}

/**
 * The skewness-corrected score of a hypothesis about weighted means of amounts. Hypotheses are met along one path: at
 * `pull` λ an arm of b values among n has the share (b − λ)/(n − λ) and the amounts' mean times exp(−λκ²/b), what the
 * largest likelihood gives up of each under a binomial share and amounts of coefficient of variation κ. The variance and
 * third moment that the hypothesis implies use the shape of the amounts about the hypothesised means, pooled over the
 * arms; an arm with many amounts counts with its own.
 */
export class AmountsScore {
  readonly #arms: readonly WeightedArm[];
  readonly #spread: number;
  /** Mean of all amounts, for an arm that has none. */
  readonly #typical: number;
  readonly #share: Float64Array;
  readonly #amount: Float64Array;
  readonly #second: Float64Array;
  readonly #third: Float64Array;
  readonly #ratio: boolean;
  /** The hypothesised means by sign of the weight, after {@link deviate} or {@link move}. */
  above = 0;
  below = 0;

  /**
   * @param arms   one per mean, positive weights added, negative ones subtracted
   * @param ratio  whether the hypothesis is about the ratio of the two sums instead of their difference
   */
  constructor(arms: readonly WeightedArm[], ratio: boolean) {
    this.#arms = arms;
    this.#ratio = ratio;
    this.#spread = relativeSpread(arms);
    let [sum, count] = [0, 0];
    for (const { arm } of arms) {
      sum += arm.amount * arm.count;
      count += arm.count;
    }
    this.#typical = sum / count;
    this.#share = new Float64Array(arms.length);
    this.#amount = new Float64Array(arms.length);
    this.#second = new Float64Array(arms.length);
    this.#third = new Float64Array(arms.length);
  }

  /** Where on the path the sums of one sign reach zero; infinite where shares do not move. */
  limit(sign: 1 | -1): number {
    let most = 0;
    for (const { arm, pull } of this.#arms)
      if (pull * sign > 0)
        most = Math.max(most, arm.count < arm.n ? arm.count / Math.abs(pull) : Number.POSITIVE_INFINITY);
    return most;
  }

  /** How far one standard error is along the path, from the estimate. */
  get step(): number {
    let variance = 0;
    for (const { arm, pull } of this.#arms) {
      const own = (this.#spread + 1 - arm.count / arm.n) / Math.max(1, arm.count);
      variance += pull * pull * own;
    }
    return variance > 0 ? 1 / Math.sqrt(variance) : 1;
  }

  /** Moves to a hypothesis; then `above` and `below` are its sums. */
  move(place: number): void {
    this.above = 0;
    this.below = 0;
    for (let j = 0; j < this.#arms.length; j++) {
      const { arm, weight, pull } = this.#arms[j] as WeightedArm;
      const { n, count } = arm;
      const moved = place * pull;
      const share = count === n ? 1 : moved >= count ? 0 : (count - moved) / (n - moved);
      const far = count === 0 ? 0 : (-moved * this.#spread) / count;
      const amount =
        (count === 0 ? this.#typical : arm.amount) * Math.exp(Math.max(-farthest, Math.min(farthest, far)));
      this.#share[j] = share;
      this.#amount[j] = amount;
      if (weight > 0) this.above += weight * share * amount;
      else this.below -= weight * share * amount;
    }
  }

  /** The normal deviate of the observed means under the hypothesis at a place; rises along the path. */
  deviate(place: number): number {
    this.move(place);
    let [second, third, count] = [0, 0, 0];
    for (let j = 0; j < this.#arms.length; j++) {
      const { arm } = this.#arms[j] as WeightedArm;
      if (arm.count === 0) continue;
      const mean = Math.max(this.#amount[j] as number, leastPart * arm.amount);
      const d = arm.amount - mean;
      const [a, b, c] = arm.second;
      const [p, q, r, s] = arm.third;
      const own2 = (a + d * (b + d * c)) / (mean * mean);
      const own3 = (p + d * (q + d * (r + d * s))) / (mean * mean * mean);
      this.#second[j] = own2;
      this.#third[j] = own3;
      second += own2;
      third += own3;
      count += arm.count;
    }
    const small = count / Math.max(1, count - 1);
    const times = this.#ratio ? this.above / this.below : 1;
    let [gap, variance, cubes] = [0, 0, 0];
    for (let j = 0; j < this.#arms.length; j++) {
      const { arm, weight } = this.#arms[j] as WeightedArm;
      const [share, amount] = [this.#share[j] as number, this.#amount[j] as number];
      const own = arm.count / (arm.count + ownShapeFrom);
      const part = arm.count > 0 ? own / arm.count : 0;
      const k = small * (((1 - own) * second) / count + part * (this.#second[j] as number));
      const g = small * (((1 - own) * third) / count + part * (this.#third[j] as number));
      const factor = weight > 0 ? weight : weight * times;
      const mean = factor * share * amount;
      const rest = 1 - share;
      gap += factor * arm.mean - mean;
      if (share === 0) continue;
      variance += (mean * mean * (k + rest)) / share / arm.n;
      cubes +=
        (mean * mean * mean * (g + 3 * k * rest + rest * (1 - 2 * share))) / (share * share) / arm.n / arm.n;
    }
    if (!(variance > 0)) return gap === 0 ? 0 : gap * Number.POSITIVE_INFINITY;
    const error = Math.sqrt(variance);
    return skewCorrected(gap / error, cubes / (variance * error));
  }
}
