import { clip } from "./clip.js";
import type { ValueEstimator } from "./value-estimator.js";

/**
 * Doubly robust: what the model expects, corrected by the mean of w · (reward − predicted). Unbiased with true
 * propensities, however wrong the model; narrower than IPS where the model is any good.
 * @source Dudík, Langford & Li (2011), ICML
 */
export const dr = {
  model: "corrected",
  normalized: false,
  ownFit: false,
  setting: clip,
  weight: Math.min,
} as const satisfies ValueEstimator;
