import {
  type AdaptiveReading,
  type AdaptiveRound,
  fewRoundsReason,
  LEAST_PLAYS,
  noVectorsReason,
} from "./adaptive-estimator.js";
import { chanceOf } from "./score.js";

/**
 * What the mixture design says of an arm, or of two: the plain mean of inverse-propensity scores, and their squares as an upper
 * bound of its variance.
 * @source Liang & Bojinov (2024), An Experimental Design for Anytime-Valid Causal Inference on Multi-Armed Bandits, theorem 1
 */
export class MixtureScores {
  readonly #arm: number;
  readonly #against: number | undefined;
  #rounds = 0;
  #mean = 0;
  #squares = 0;
  /** Σ (1/e + 1/e′), and the squared rewards of both arms: what the recorded chances foretell of the squares. */
  #inverses = 0;
  #rewards = 0;
  #plays = 0;
  #otherPlays = 0;
  #complete = true;

  constructor(arm: number, against: number | undefined) {
    this.#arm = arm;
    this.#against = against;
  }

  add(round: AdaptiveRound): void {
    const [arm, against] = [this.#arm, this.#against];
    const own = chanceOf(round, arm);
    const other = against === undefined ? 1 : chanceOf(round, against);
    if (own === 0 || other === 0) return;
    if (!(own > 0 && other > 0)) this.#complete = false;
    let score = 0;
    if (round.arm === arm) {
      this.#plays += 1;
      score = round.reward / round.propensity;
      this.#rewards += round.reward * round.reward;
    } else if (round.arm === against) {
      this.#otherPlays += 1;
      score = -round.reward / round.propensity;
      this.#rewards += round.reward * round.reward;
    }
    this.#rounds += 1;
    this.#mean += (score - this.#mean) / this.#rounds;
    this.#squares += score * score;
    this.#inverses += 1 / own + (against === undefined ? 0 : 1 / other);
  }

  reading(): AdaptiveReading {
    if (!this.#complete) return { reason: noVectorsReason };
    const plays = this.#against === undefined ? this.#plays : Math.min(this.#plays, this.#otherPlays);
    if (plays < LEAST_PLAYS) return { reason: fewRoundsReason };
    // Where chances were small and nothing came of them, the squares seen are too small on just those runs that err.
    const foretold = (this.#rewards / (this.#plays + this.#otherPlays)) * this.#inverses;
    const squares = Math.max(this.#squares, foretold);
    return {
      value: this.#mean,
      standardError: Math.sqrt(squares) / this.#rounds,
      rounds: this.#rounds,
    };
  }
}
