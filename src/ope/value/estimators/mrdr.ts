import type { ValueEstimator } from "./value-estimator.js";

/**
 * More robust doubly robust: the model is fitted so that the estimate, not the prediction, varies least.
 * @source Farajtabar, Chow & Ghavamzadeh (2018), ICML
 */
export const mrdr = {
  model: "corrected",
  normalized: false,
  ownFit: true,
  weight: (w) => w,
} as const satisfies ValueEstimator;
