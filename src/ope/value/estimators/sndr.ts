import type { ValueEstimator } from "./value-estimator.js";

/**
 * Doubly robust, its correction divided by the mean weight.
 * @source Thomas & Brunskill (2016), ICML
 */
export const sndr = {
  model: "corrected",
  normalized: true,
  ownFit: false,
  weight: (w) => w,
} as const satisfies ValueEstimator;
