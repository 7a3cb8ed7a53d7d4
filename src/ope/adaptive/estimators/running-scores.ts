import {
  type AdaptiveReading,
  type AdaptiveRound,
  fewRoundsReason,
  LEAST_PLAYS,
  noVectorsReason,
  type RunningEstimate,
  unsupportedReason,
} from "./adaptive-estimator.js";
import { armScore, chanceOf } from "./score.js";

/** 0 for a chance that was not logged: then nothing is foretold. */
const inverse = (chance: number) => (chance > 0 ? 1 / chance : 0);

/** The variance that the recorded chances foretell may be this many times the one that was seen. */
const TOLERATED = 4;

/**
 * A weighted mean of doubly robust scores, with the variance Σ h² (Γ − mean)² / (Σ h)², kept by Welford's update.
 * @source Hadad, Hirshberg, Zhan, Wager & Athey (2021), PNAS 118, eq. (5)–(9)
 */
export class RunningScores implements RunningEstimate {
  readonly #arm: number;
  readonly #against: number | undefined;
  readonly #weightOf: ((own: number, other: number) => number) | undefined;
  #weights = 0;
  #squares = 0;
  #mean = 0;
  /** Mean and spread of the scores when they are weighed by h². */
  #squareMean = 0;
  #spread = 0;
  /** Σ h² (1/e + 1/e′), and squared surprises of both arms: what the recorded chances foretell of the variance. */
  #foretold = 0;
  #surprises = 0;
  #rounds = 0;
  #complete = true;
  #plays = 0;
  #otherPlays = 0;

  /** @param weightOf  the weight h of a round by the chances of both arms; undefined: all rounds alike */
  constructor(arm: number, against: number | undefined, weightOf?: (own: number, other: number) => number) {
    this.#arm = arm;
    this.#against = against;
    this.#weightOf = weightOf;
  }

  add(round: AdaptiveRound): void {
    const [arm, against] = [this.#arm, this.#against];
    const own = chanceOf(round, arm);
    const other = against === undefined ? Number.POSITIVE_INFINITY : chanceOf(round, against);
    // What was not up for choice could not be told from this round.
    if (own === 0 || other === 0) return;
    const weight = this.#weightOf ? this.#weightOf(own, other) : 1;
    if (!(weight > 0)) {
      this.#complete = false;
      return;
    }
    if (round.arm === arm || round.arm === against) {
      if (round.arm === arm) this.#plays += 1;
      else this.#otherPlays += 1;
      const surprise = round.reward - (round.expected[round.arm] as number);
      this.#surprises += surprise * surprise;
    }
    const score = armScore(round, arm) - (against === undefined ? 0 : armScore(round, against));
    this.#rounds += 1;
    this.#weights += weight;
    this.#mean += ((score - this.#mean) * weight) / this.#weights;
    const squared = weight * weight;
    this.#squares += squared;
    this.#foretold += squared * (inverse(own) + inverse(other));
    const gap = score - this.#squareMean;
    this.#squareMean += (gap * squared) / this.#squares;
    this.#spread += squared * gap * (score - this.#squareMean);
  }

  reading(): AdaptiveReading {
    if (!this.#complete) return { reason: noVectorsReason };
    const plays = this.#against === undefined ? this.#plays : Math.min(this.#plays, this.#otherPlays);
    if (plays < LEAST_PLAYS) return { reason: fewRoundsReason };
    const away = this.#squareMean - this.#mean;
    const variance = this.#spread + this.#squares * away * away;
    const each = this.#surprises / (this.#plays + this.#otherPlays);
    const foretold = variance > 0 ? each * this.#foretold : 0;
    if (foretold > TOLERATED * variance) return { reason: unsupportedReason };
    // What is seen is too small on just those runs on which the arm was played less than its chances say: where more is
    // foretold, that counts. Scores that all weigh alike exaggerate it, so there the two are averaged.
    const more = Math.max(variance, foretold);
    const spread = this.#weightOf ? more : (variance + more) / 2;
    return { value: this.#mean, standardError: Math.sqrt(spread) / this.#weights, rounds: this.#rounds };
  }
}
