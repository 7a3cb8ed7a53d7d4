import { cube, square } from "../../core/powers.js";
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

// A score's numbers lie in one list: both sums, then arm after arm, at these places. Reports hold thousands of scores, and
// numbers in a list are smaller and faster than numbers in fields, each of which is an object.
const ABOVE = 0;
const BELOW = 1;
const HEAD = 2;

const N = 0;
const COUNT = 1;
const MEAN = 2;
const AMOUNT = 3;
const WEIGHT = 4;
const PULL = 5;
/** How the amounts' mean gives way along the path. */
const GIVE = 6;
/** How far the arm counts with its own shape, and that over its count. */
const OWN = 7;
const OWN_PART = 8;
/** As `second` and `third` of {@link AmountArm}, three places and four. */
const SECOND = 9;
const THIRD = 12;
/** What the hypothesis asked about last makes of the arm: its share of units with an amount, and the amounts' mean. */
const SHARE = 16;
const LEVEL = 17;
/** Sums of squares and cubes of the amounts about that mean, in units of it. */
const SQUARES = 18;
const CUBES = 19;
const SIZE = 20;

/** The coefficient of variation of the amounts, squared, pooled over the arms. */
function relativeSpread(flat: readonly number[]): number {
  let sum = 0;
  let df = 0;
  for (let at = HEAD; at < flat.length; at += SIZE) {
    const count = flat[at + COUNT] ?? 0;
    const amount = flat[at + AMOUNT] ?? 0;
    if (count < 2) continue;
    sum += (flat[at + SECOND] ?? 0) / amount / amount;
    df += count - 1;
  }
  return df > 0 ? sum / df : 0;
}

/** The arms laid out, every value times `factor`. Pushed, so that the list has no holes for engines to look out for. */
function layOut(arms: readonly WeightedArm[], factor: number): number[] {
  const flat = [0, 0];
  const f2 = square(factor);
  const f3 = cube(factor);
  for (const { arm, weight, pull } of arms) {
    const { n, count, mean, amount, second, third } = arm;
    flat.push(n, count, mean * factor, amount * factor, weight, pull, 0);
    flat.push(count / (count + ownShapeFrom), 1 / (count + ownShapeFrom));
    flat.push(second[0] * f2, second[1] * factor, second[2]);
    flat.push(third[0] * f3, third[1] * f2, third[2] * factor, third[3]);
    flat.push(0, 0, 0, 0);
  }
  return flat;
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
  readonly #flat: number[];
  readonly #count: number;
  /** How far one standard error is along the path, from the estimate. */
  readonly step: number;

  /**
   * @param arms    one per mean, positive weights added, negative ones subtracted
   * @param factor  of every value
   */
  constructor(arms: readonly WeightedArm[], factor: number) {
    const flat = layOut(arms, factor);
    const spread = relativeSpread(flat);
    let sum = 0;
    let count = 0;
    let variance = 0;
    for (let at = HEAD; at < flat.length; at += SIZE) {
      const own = flat[at + COUNT] ?? 0;
      const pull = flat[at + PULL] ?? 0;
      sum += (flat[at + AMOUNT] ?? 0) * own;
      count += own;
      variance += (pull * pull * (spread + 1 - own / (flat[at + N] ?? 0))) / Math.max(1, own);
    }
    for (let at = HEAD; at < flat.length; at += SIZE) {
      const own = flat[at + COUNT] ?? 0;
      if (own === 0) flat[at + AMOUNT] = sum / count;
      else flat[at + GIVE] = (-(flat[at + PULL] ?? 0) * spread) / own;
    }
    this.#flat = flat;
    this.#count = count;
    this.step = variance > 0 ? 1 / Math.sqrt(variance) : 1;
  }

  /** The hypothesised sums by sign of the weight, after {@link deviate} or {@link move}. */
  get above(): number {
    return this.#flat[ABOVE] ?? 0;
  }

  get below(): number {
    return this.#flat[BELOW] ?? 0;
  }

  /** Where on the path the sums of one sign reach zero; infinite where shares do not move. */
  limit(sign: 1 | -1): number {
    const flat = this.#flat;
    let most = 0;
    for (let at = HEAD; at < flat.length; at += SIZE) {
      const count = flat[at + COUNT] ?? 0;
      const pull = flat[at + PULL] ?? 0;
      if (pull * sign > 0)
        most = Math.max(
          most,
          count < (flat[at + N] ?? 0) ? count / Math.abs(pull) : Number.POSITIVE_INFINITY,
        );
    }
    return most;
  }

  /** Moves to the hypothesis at a place; then `above` and `below` are its sums. */
  move(place: number, scale: AmountsScale): void {
    const flat = this.#flat;
    flat[ABOVE] = place;
    flat[BELOW] = place;
    this.#follow();
    const above = flat[ABOVE] ?? 0;
    const below = flat[BELOW] ?? 0;
    if (scale !== "difference" || above === below) return;
    const twice = (2 * place) / (above + below);
    flat[ABOVE] = twice * above;
    flat[BELOW] = twice * below;
    this.#follow();
  }

  /** Moves the arms to the places that stand where their sums will. */
  #follow(): void {
    const flat = this.#flat;
    const above = flat[ABOVE] ?? 0;
    const below = flat[BELOW] ?? 0;
    let up = 0;
    let down = 0;
    for (let at = HEAD; at < flat.length; at += SIZE) {
      const weight = flat[at + WEIGHT] ?? 0;
      const place = weight > 0 ? above : below;
      const n = flat[at + N] ?? 0;
      const count = flat[at + COUNT] ?? 0;
      const moved = place * (flat[at + PULL] ?? 0);
      const share = count === n ? 1 : moved >= count ? 0 : (count - moved) / (n - moved);
      const give = Math.max(-farthest, Math.min(farthest, place * (flat[at + GIVE] ?? 0)));
      const level = (flat[at + AMOUNT] ?? 0) * Math.exp(give);
      flat[at + SHARE] = share;
      flat[at + LEVEL] = level;
      if (weight > 0) up += weight * share * level;
      else down -= weight * share * level;
    }
    flat[ABOVE] = up;
    flat[BELOW] = down;
  }

  /** Takes every arm's amounts about their hypothesised mean. */
  #shape(): void {
    const flat = this.#flat;
    for (let at = HEAD; at < flat.length; at += SIZE) {
      if (flat[at + COUNT] === 0) continue;
      const amount = flat[at + AMOUNT] ?? 0;
      const mean = Math.max(flat[at + LEVEL] ?? 0, leastPart * amount);
      const d = amount - mean;
      const squares =
        (flat[at + SECOND] ?? 0) + d * ((flat[at + SECOND + 1] ?? 0) + d * (flat[at + SECOND + 2] ?? 0));
      flat[at + SQUARES] = squares / (mean * mean);
      const cubes =
        (flat[at + THIRD] ?? 0) +
        d *
          ((flat[at + THIRD + 1] ?? 0) + d * ((flat[at + THIRD + 2] ?? 0) + d * (flat[at + THIRD + 3] ?? 0)));
      flat[at + CUBES] = cubes / (mean * mean * mean);
    }
  }

  /** The normal deviate of the observed means under the hypothesis at a place; rises along the path. */
  deviate(place: number, scale: AmountsScale): number {
    this.move(place, scale);
    this.#shape();
    const flat = this.#flat;
    const count = this.#count;
    let second = 0;
    let third = 0;
    for (let at = HEAD; at < flat.length; at += SIZE) {
      second += flat[at + SQUARES] ?? 0;
      third += flat[at + CUBES] ?? 0;
    }
    second /= count;
    third /= count;
    const small = count / Math.max(1, count - 1);
    const times = scale === "ratio" ? this.above / this.below : 1;
    let gap = 0;
    let variance = 0;
    let cubes = 0;
    for (let at = HEAD; at < flat.length; at += SIZE) {
      const n = flat[at + N] ?? 0;
      const share = flat[at + SHARE] ?? 0;
      const weight = flat[at + WEIGHT] ?? 0;
      const own = flat[at + OWN] ?? 0;
      const ownPart = flat[at + OWN_PART] ?? 0;
      const k = small * ((1 - own) * second + ownPart * (flat[at + SQUARES] ?? 0));
      const g = small * ((1 - own) * third + ownPart * (flat[at + CUBES] ?? 0));
      const factor = weight > 0 ? weight : weight * times;
      const mean = factor * share * (flat[at + LEVEL] ?? 0);
      const rest = 1 - share;
      gap += factor * (flat[at + MEAN] ?? 0) - mean;
      if (share === 0) continue;
      const part = (mean * mean) / share / n;
      variance += part * (k + rest);
      cubes += (part * mean * (g + 3 * k * rest + rest * (1 - 2 * share))) / share / n;
    }
    return scoreDeviate(gap, variance, cubes);
  }
}
