import type { Estimate } from "../../core/estimate.js";
import type { ValueEstimatorName } from "./estimators/index.js";
import type { Overlap } from "./overlap.js";

/** What one estimator says of a policy. */
export interface ValueEstimate {
  readonly estimator: ValueEstimatorName;
  /** The number that it was told or chose, where it has one; null where weights are left as they are. */
  readonly setting: number | null;
  /** Whether it chose the setting itself. */
  readonly tuned: boolean;
  /** Of the weights that it used; the number of rounds where it uses none. */
  readonly effectiveSize: number;
  /** Mean reward per round if the policy had decided, in the reward's unit. */
  readonly value: Estimate;
  /** That less what the log earned per round. */
  readonly gain: Estimate;
}

/** What a log says of a policy. */
export interface PolicyValue {
  /** Mean reward per round of the log itself. */
  readonly logged: number;
  readonly overlap: Overlap;
  /** In the order in which they were asked for. */
  readonly estimates: readonly ValueEstimate[];
}
