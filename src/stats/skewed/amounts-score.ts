import { deviate as scoreDeviate } from "../proportions/skew-score.js";
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

/** An arm laid out flat, with what a hypothesis makes of it. */
class HypotheticalArm {
  readonly n: number;
  readonly count: number;
  readonly mean: number;
  readonly amount: number;
  readonly weight: number;
  readonly pull: number;
  /** How the amounts' mean gives way along the path. */
  readonly give: number;
  /** How far the arm counts with its own shape, and that over its count. */
  readonly own: number;
  readonly ownPart: number;
  readonly #second: AmountArm["second"];
  readonly #third: AmountArm["third"];
  share = 0;
  /** The hypothesised mean of the amounts. */
  level = 0;
  /** Sums of squares and cubes of the amounts about it, in units of it. */
  squares = 0;
  cubes = 0;

  constructor({ arm, weight, pull }: WeightedArm, spread: number, typical: number) {
    this.n = arm.n;
    this.count = arm.count;
    this.mean = arm.mean;
    this.amount = arm.count === 0 ? typical : arm.amount;
    this.weight = weight;
    this.pull = pull;
    this.give = arm.count === 0 ? 0 : (-pull * spread) / arm.count;
    this.own = arm.count / (arm.count + ownShapeFrom);
    this.ownPart = 1 / (arm.count + ownShapeFrom);
    this.#second = arm.second;
    this.#third = arm.third;
  }

  move(place: number): void {
    const { n, count } = this;
    const moved = place * this.pull;
    this.share = count === n ? 1 : moved >= count ? 0 : (count - moved) / (n - moved);
    this.level = this.amount * Math.exp(Math.max(-farthest, Math.min(farthest, place * this.give)));
  }

  shape(): void {
    if (this.count === 0) return;
    const mean = Math.max(this.level, leastPart * this.amount);
    const d = this.amount - mean;
    const second = this.#second;
    const third = this.#third;
    this.squares = (second[0] + d * (second[1] + d * second[2])) / (mean * mean);
    this.cubes = (third[0] + d * (third[1] + d * (third[2] + d * third[3]))) / (mean * mean * mean);
  }
}

/** What hypotheses are about: the ratio of both sums, their difference, or a difference of differences. */
export type AmountsScale = "ratio" | "difference" | "contrast";

/**
 * The skewness-corrected score of a hypothesis about weighted means of amounts. Hypotheses are met along a path: at
 * `pull` λ an arm of b values among n has the share (b − λ)/(n − λ) and the amounts' mean times exp(−λκ²/b), what the
 * largest likelihood gives up of each under a binomial share and amounts of coefficient of variation κ. Of a difference
 * the likelihood lets the larger side give way in proportion; where both are alike all paths meet. The variance and
 * third moment that the hypothesis implies use the shape of the amounts about the hypothesised means, pooled over the
 * arms; an arm with many amounts counts with its own.
 */
export class AmountsScore {
  readonly #arms: readonly HypotheticalArm[];
  readonly #count: number;
  /** How far one standard error is along the path, from the estimate. */
  readonly step: number;
  /** The hypothesised sums by sign of the weight, after {@link deviate} or {@link move}. */
  above = 0;
  below = 0;

  /** @param arms  one per mean, positive weights added, negative ones subtracted */
  constructor(arms: readonly WeightedArm[]) {
    const spread = relativeSpread(arms);
    let [sum, count, variance] = [0, 0, 0];
    for (const { arm, pull } of arms) {
      sum += arm.amount * arm.count;
      count += arm.count;
      variance += (pull * pull * (spread + 1 - arm.count / arm.n)) / Math.max(1, arm.count);
    }
    this.#arms = arms.map((each) => new HypotheticalArm(each, spread, sum / count));
    this.#count = count;
    this.step = variance > 0 ? 1 / Math.sqrt(variance) : 1;
  }

  /** Where on the path the sums of one sign reach zero; infinite where shares do not move. */
  limit(sign: 1 | -1): number {
    let most = 0;
    for (const { n, count, pull } of this.#arms)
      if (pull * sign > 0)
        most = Math.max(most, count < n ? count / Math.abs(pull) : Number.POSITIVE_INFINITY);
    return most;
  }

  /** Moves to the hypothesis at a place; then `above` and `below` are its sums. */
  move(place: number, scale: AmountsScale): void {
    this.#moveBy(place, place);
    if (scale !== "difference" || this.above === this.below) return;
    const twice = (2 * place) / (this.above + this.below);
    this.#moveBy(twice * this.above, twice * this.below);
  }

  #moveBy(above: number, below: number): void {
    let [up, down] = [0, 0];
    for (const arm of this.#arms) {
      if (arm.weight > 0) {
        arm.move(above);
        up += arm.weight * arm.share * arm.level;
      } else {
        arm.move(below);
        down -= arm.weight * arm.share * arm.level;
      }
    }
    this.above = up;
    this.below = down;
  }

  /** The normal deviate of the observed means under the hypothesis at a place; rises along the path. */
  deviate(place: number, scale: AmountsScale): number {
    this.move(place, scale);
    const count = this.#count;
    let [second, third] = [0, 0];
    for (const arm of this.#arms) {
      arm.shape();
      second += arm.squares;
      third += arm.cubes;
    }
    second /= count;
    third /= count;
    const small = count / Math.max(1, count - 1);
    const times = scale === "ratio" ? this.above / this.below : 1;
    let [gap, variance, cubes] = [0, 0, 0];
    for (const arm of this.#arms) {
      const { n, share, level, weight, own, ownPart } = arm;
      const k = small * ((1 - own) * second + ownPart * arm.squares);
      const g = small * ((1 - own) * third + ownPart * arm.cubes);
      const factor = weight > 0 ? weight : weight * times;
      const mean = factor * share * level;
      const rest = 1 - share;
      gap += factor * arm.mean - mean;
      if (share === 0) continue;
      const part = (mean * mean) / share / n;
      variance += part * (k + rest);
      cubes += (part * mean * (g + 3 * k * rest + rest * (1 - 2 * share))) / share / n;
    }
    return scoreDeviate(gap, variance, cubes);
  }
}
