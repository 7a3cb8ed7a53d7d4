import type { Estimate } from "../../core/estimate.js";
import { square } from "../../core/powers.js";
import { normalQuantile, normalSurvival } from "../../distributions/index.js";
import type { LogRows } from "../../rounds/index.js";

const method = "doubly-robust";
/** The variance that the recorded probabilities foretell may be this many times the one that was seen. */
const tolerated = 4;

export const noVectors = "some decisions recorded no probability vector; complete them by withPropensity";
export const unsupported =
  "the policy had all but given up some arms, so what uniform play would have earned cannot be told from here on; a traffic floor keeps it known";

/**
 * Expected reward of the played actions gained over uniform play (all that could be played alike), decision by decision.
 * Doubly robust: what an arm is expected to earn is its mean before the decision, and the played one's surprise is
 * weighted by 1 / propensity, so that the estimate is unbiased whatever the rewards' drift, and whoever learned from
 * them, as long as the recorded probabilities are true. The variance is the larger of the squared errors seen, summed by
 * unit, and of what the recorded vectors foretell; where the latter is more than four times the former, the luck that
 * would decide the estimate has not been met yet and there is none.
 * @source Dudík, Langford & Li (2011), ICML; Hadad et al. (2021), PNAS 118 (adaptively collected data)
 */
export class Gain {
  readonly #level: number;
  readonly #counts: number[];
  readonly #sums: number[];
  readonly #byUnit: number[] = [];
  readonly #weights: number[];
  readonly #squares: number[];
  #all = 0;
  #total = 0;
  #value = 0;
  #seen = 0;
  #seenRows = 0;
  #complete = true;
  #lowest = 1 / 0;
  #highest = -1 / 0;

  /** @param level of the interval */
  constructor(arms: number, level: number) {
    this.#level = level;
    this.#counts = new Array<number>(arms).fill(0);
    this.#sums = [...this.#counts];
    this.#weights = [...this.#counts];
    this.#squares = [...this.#counts];
  }

  /** Adds the next decision; one whose reward is not known yet changes nothing. */
  add(rows: LogRows, i: number): void {
    const [arm, reward, vector] = [rows.arm[i] ?? 0, rows.reward[i] ?? Number.NaN, rows.vector[i]];
    if (Number.isNaN(reward)) return;
    if (!vector) this.#complete = false;
    else this.#score(arm, reward, vector, rows.unit[i] ?? 0);
    this.#counts[arm] = (this.#counts[arm] as number) + 1;
    this.#sums[arm] = (this.#sums[arm] as number) + reward;
    this.#all += 1;
    this.#total += reward;
    this.#lowest = Math.min(this.#lowest, reward);
    this.#highest = Math.max(this.#highest, reward);
  }

  #score(arm: number, reward: number, vector: readonly number[], unit: number): void {
    // An arm without rewards is expected to earn what all earn.
    const everyone = this.#all > 0 ? this.#total / this.#all : reward;
    let [offered, uniform, own] = [0, 0, 0];
    let i = -1;
    for (const chance of vector) {
      i += 1;
      if (chance === 0) continue;
      const expected = ((this.#sums[i] as number) + everyone) / ((this.#counts[i] as number) + 1);
      if (i === arm) own = expected;
      offered += 1;
      uniform += expected;
    }
    i = -1;
    for (const chance of vector) {
      i += 1;
      if (chance > 0)
        this.#weights[i] = (this.#weights[i] as number) + chance * square(1 - 1 / (offered * chance));
    }
    const surprise = reward - own;
    const error = surprise * (1 - 1 / (offered * (vector[arm] as number)));
    this.#value += own + error - uniform / offered;
    const before = this.#byUnit[unit] ?? 0;
    this.#byUnit[unit] = before + error;
    this.#seen += square(before + error) - square(before);
    this.#seenRows += error * error;
    this.#squares[arm] = (this.#squares[arm] as number) + surprise * surprise;
  }

  /** Variance that the recorded vectors foretell, each arm's surprises as large as they were on average. */
  #foretold(): number {
    const everyone = this.#squares.reduce((sum, each) => sum + each, 0) / this.#all;
    return this.#weights.reduce((sum, weight, i) => {
      const own = ((this.#squares[i] as number) + everyone) / ((this.#counts[i] as number) + 1);
      return sum + weight * own;
    }, 0);
  }

  /** The estimate so far. */
  estimate(): Estimate {
    const level = this.#level;
    if (!this.#complete) return { status: "undefined", method, reason: noVectors, level };
    if (this.#all < 2)
      return { status: "undefined", method, reason: "fewer than two rewards are known", level };
    const foretold = this.#foretold();
    if (foretold > tolerated * this.#seenRows && this.#seenRows > 0)
      return { status: "undefined", method, reason: unsupported, level };
    const standardError = Math.sqrt(Math.max(this.#seen, foretold));
    if (!(standardError > 0))
      return { status: "degenerate", method, reason: "the rewards do not vary", value: this.#value, level };
    const value = this.#value;
    const reach = normalQuantile(0.5 + level / 2) * standardError;
    // An interval wider than every reward could make it says nothing.
    if (reach > this.#all * (this.#highest - this.#lowest))
      return { status: "undefined", method, reason: unsupported, level };
    const statistic = value / standardError;
    return {
      status: "ok",
      method,
      value,
      standardError,
      interval: [value - reach, value + reach],
      level,
      statistic,
      pValue: Math.min(1, 2 * normalSurvival(Math.abs(statistic))),
    };
  }
}
