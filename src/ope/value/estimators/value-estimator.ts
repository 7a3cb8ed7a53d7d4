import type { NumberRange } from "../../../errors/index.js";

/** The one number that an estimator may be told: how far weights are held down. */
export interface ValueSetting {
  readonly name: "clip" | "threshold" | "shrinkage" | "bend";
  readonly range: NumberRange;
  /** Where weights are left as they are. */
  readonly least: number;
  /** Whether it is chosen from the data unless it is given; otherwise weights are then left as they are. */
  readonly tuned: boolean;
  /**
   * What to choose from, the least bias first.
   * @param largest  the largest weight there is, > 0
   */
  grid(largest: number): readonly number[];
}

/**
 * An estimator of what a policy is worth: the mean of what the model expects of it, plus the mean of weighted surprises.
 * A round's weight w is the policy's probability of the logged action over the log's.
 */
export interface ValueEstimator {
  /** Whether a model's predictions are not read, are all there is, or are corrected by the log. */
  readonly model: "none" | "alone" | "corrected";
  /** Weighted surprises are divided by the mean weight. */
  readonly normalized: boolean;
  /** The model has to be fitted for the smallest variance of this estimate, not for the smallest error. */
  readonly ownFit: boolean;
  /** Weights are those of what of an action reaches the reward; absent: those of the action. */
  readonly marginal?: boolean;
  readonly setting?: ValueSetting;
  /** The weight that is used for a weight w ≥ 0. */
  weight(w: number, setting: number): number;
}

/** Numbers in equal steps of their logarithm. */
export const geometric = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from * Math.exp((i / (count - 1)) * Math.log(to / from)));
