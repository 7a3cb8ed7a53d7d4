import {
  type AdaptiveEstimator,
  type AdaptiveReading,
  type AdaptiveRound,
  fewRoundsReason,
  LEAST_PLAYS,
  noBatchesReason,
  type RunningEstimate,
} from "./adaptive-estimator.js";

/** Rewards of one arm: all of them within their batches, and those of the batch that is open. */
class ArmSums {
  plays = 0;
  /** Σ (reward − its batch's mean)², and its degrees of freedom. */
  within = 0;
  df = 0;
  count = 0;
  mean = 0;
  #open = 0;

  add(reward: number): void {
    this.count += 1;
    const gap = reward - this.mean;
    this.mean += gap / this.count;
    this.#open += gap * (reward - this.mean);
  }

  close(): void {
    if (this.count > 0) {
      this.plays += this.count;
      this.within += this.#open;
      this.df += this.count - 1;
    }
    [this.count, this.mean, this.#open] = [0, 0, 0];
  }
}

/**
 * Degrees of freedom that the common variance counts for in an arm's own, which is never taken for smaller than the common one.
 * An arm's own variance falls with its mean (of rates, of amounts), and few plays would then look surest where they are lowest.
 */
const PRIOR_DF = 100;

/** Batches, with both arms in them, below which there is no estimate. */
const LEAST_BATCHES = 2;

class RunningBatches implements RunningEstimate {
  readonly #arm: number;
  readonly #against: number | undefined;
  readonly #own = new ArmSums();
  readonly #other = new ArmSums();
  #batch = -1;
  #batches = 0;
  #weights = 0;
  #value = 0;
  /** Σ w² / n of each arm. */
  #ownParts = 0;
  #otherParts = 0;

  constructor(arm: number, against: number | undefined) {
    this.#arm = arm;
    this.#against = against;
  }

  add({ arm, reward, batch }: AdaptiveRound): void {
    if (batch !== this.#batch) this.#close();
    this.#batch = batch;
    if (arm === this.#arm) this.#own.add(reward);
    else if (arm === this.#against) this.#other.add(reward);
  }

  #close(): void {
    const [own, other] = [this.#own, this.#other];
    const alone = this.#against === undefined;
    if (own.count > 0 && (alone || other.count > 0)) {
      const size = alone ? own.count : 1 / (1 / own.count + 1 / other.count);
      const weight = Math.sqrt(size);
      this.#batches += 1;
      this.#weights += weight;
      this.#value += weight * (own.mean - (alone ? 0 : other.mean));
      this.#ownParts += size / own.count;
      if (!alone) this.#otherParts += size / other.count;
    }
    own.close();
    other.close();
  }

  reading(): AdaptiveReading {
    this.#close();
    this.#batch = -1;
    const [own, other] = [this.#own, this.#other];
    const alone = this.#against === undefined;
    if (own.plays < LEAST_PLAYS || (!alone && other.plays < LEAST_PLAYS)) return { reason: fewRoundsReason };
    if (this.#batches < LEAST_BATCHES || own.df === 0 || (!alone && other.df === 0))
      return { reason: noBatchesReason };
    const all = (own.within + other.within) / (own.df + other.df);
    const variance = ({ within, df }: ArmSums) => Math.max(all, (within + PRIOR_DF * all) / (df + PRIOR_DF));
    const spread = variance(own) * this.#ownParts + (alone ? 0 : variance(other) * this.#otherParts);
    return {
      value: this.#value / this.#weights,
      standardError: Math.sqrt(spread) / this.#weights,
      rounds: own.plays + other.plays,
    };
  }
}

/**
 * Batched least squares: differences within stretches of unchanging probabilities, where arms were drawn at random, each
 * weighed by the root of what it tells. The sum of standardized differences is normal, however the stretches were decided.
 * @source Zhang, Janson & Murphy (2020), NeurIPS 33: Inference for Batched Bandits
 */
export const batchedOls: AdaptiveEstimator = (arm, against) => new RunningBatches(arm, against);
