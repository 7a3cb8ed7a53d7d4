import type { ValueEstimator } from "./value-estimator.js";

/**
 * The direct method: what a fitted model expects of the policy. Nothing corrects the model's errors, and the interval
 * knows nothing of them.
 * @source Beygelzimer & Langford (2009), KDD
 */
export const dm = {
  model: "alone",
  normalized: false,
  ownFit: false,
  weight: () => 0,
} as const satisfies ValueEstimator;
