import type { Estimate } from "../../core/estimate.js";
import { normalQuantile, normalSurvival } from "../../stats/index.js";
import type { LogRow } from "./read-log.js";

const method = "doubly-robust";
/** The variance that the recorded probabilities foretell may be this many times the one that was seen. */
const tolerated = 4;

export const noVectors =
  "some decisions recorded no probability vector; complete those of quickDecide by withPropensity";
export const unsupported =
  "the policy had all but given up some arms, so what uniform play would have earned cannot be told from here on; a traffic floor keeps it known";

/**
 * Expected reward gained over uniform play (all actions that could be played alike), cumulated decision by decision.
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
  readonly #byUnit = new Map<string, number>();
  #all = 0;
  #total = 0;
  #value = 0;
  #seen = 0;
  #seenRows = 0;
  #between = 0;
  #weights = 0;
  #squares = 0;
  #complete = true;

  /** @param level of the interval */
  constructor(arms: number, level: number) {
    this.#level = level;
    this.#counts = new Array<number>(arms).fill(0);
    this.#sums = new Array<number>(arms).fill(0);
  }

  /** Adds the next decision; one whose reward is not known yet changes nothing. */
  add({ arm, reward, vector, unit }: LogRow): void {
    if (reward === null) return;
    if (!vector) this.#complete = false;
    else this.#score(arm, reward, vector, unit);
    this.#counts[arm] = (this.#counts[arm] as number) + 1;
    this.#sums[arm] = (this.#sums[arm] as number) + reward;
    this.#all += 1;
    this.#total += reward;
  }

  #score(arm: number, reward: number, vector: readonly number[], unit: string): void {
    // An arm without rewards is expected to earn what all earn.
    const everyone = this.#all > 0 ? this.#total / this.#all : reward;
    let [offered, uniform, policy, spread, weights] = [0, 0, 0, 0, 0];
    let own = 0;
    for (const [i, chance] of vector.entries()) {
      if (chance === 0) continue;
      const expected = ((this.#sums[i] as number) + everyone) / ((this.#counts[i] as number) + 1);
      if (i === arm) own = expected;
      offered += 1;
      uniform += expected;
      policy += chance * expected;
      spread += chance * expected * expected;
      weights += 1 / chance;
    }
    const surprise = reward - own;
    const played = own + surprise * (1 - 1 / (offered * (vector[arm] as number)));
    this.#value += played - uniform / offered;
    const error = played - policy;
    const before = this.#byUnit.get(unit) ?? 0;
    this.#byUnit.set(unit, before + error);
    this.#seen += (before + error) ** 2 - before ** 2;
    this.#seenRows += error * error;
    this.#between += Math.max(0, spread - policy * policy);
    // Σ p (1 − 1/(k p))² = 1 − 2 + Σ 1/(k² p)
    this.#weights += Math.max(0, weights / (offered * offered) - 1);
    this.#squares += surprise * surprise;
  }

  /** The estimate so far. */
  estimate(): Estimate {
    const level = this.#level;
    if (!this.#complete) return { status: "undefined", method, reason: noVectors, level };
    if (this.#all < 2)
      return { status: "undefined", method, reason: "fewer than two rewards are known", level };
    const foretold = this.#between + (this.#weights * this.#squares) / this.#all;
    if (foretold > tolerated * this.#seenRows && this.#seenRows > 0)
      return { status: "undefined", method, reason: unsupported, level };
    const standardError = Math.sqrt(Math.max(this.#seen, foretold));
    if (!(standardError > 0))
      return { status: "degenerate", method, reason: "the rewards do not vary", value: this.#value, level };
    const value = this.#value;
    const reach = normalQuantile(0.5 + level / 2) * standardError;
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
