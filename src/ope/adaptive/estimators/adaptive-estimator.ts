/** One round as the estimators of adaptive data see it: what was played, and what was known before it was. */
export interface AdaptiveRound {
  /** Place of the played arm. */
  readonly arm: number;
  readonly reward: number;
  /** Probability of every arm before the draw; undefined where only the played one's was logged. */
  readonly vector: ArrayLike<number> | undefined;
  /** Probability of the played arm. */
  readonly propensity: number;
  /** What each arm was expected to earn, from the rounds before alone. */
  readonly expected: ArrayLike<number>;
  /** Number of the stretch of rounds whose probabilities are the same. */
  readonly batch: number;
}

/** An estimate so far, or why there is none. */
export type AdaptiveReading =
  | { readonly value: number; readonly standardError: number; readonly rounds: number }
  | { readonly reason: string };

/** An estimate that grows round by round, holding sums only. */
export interface RunningEstimate {
  add(round: AdaptiveRound): void;
  reading(): AdaptiveReading;
}

/**
 * An estimator of what an arm earns, or of what it earns more than another, from rounds whose probabilities followed earlier
 * rewards.
 */
export type AdaptiveEstimator = (arm: number, against: number | undefined) => RunningEstimate;

export const noVectorsReason =
  "some rounds logged no probability vector, so it is not known how often the arm could have come";
export const fewRoundsReason = "the arm, or the one it is compared with, was played fewer than ten times";
export const noBatchesReason =
  "the probabilities changed too often: too few stretches with the same ones played both arms";
export const unsupportedReason =
  "the arm was all but given up at times, and the luck that would decide the estimate has not come yet";
/** Plays of each arm below which nothing is estimated. */
export const LEAST_PLAYS = 10;
