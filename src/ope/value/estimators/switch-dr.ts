import { geometric, type ValueEstimator } from "./value-estimator.js";

/**
 * Doubly robust where the weight is at most a threshold, the model alone beyond it.
 * @source Wang, Agarwal & Dudík (2017), ICML
 */
export const switchDr = {
  model: "corrected",
  normalized: false,
  ownFit: false,
  setting: {
    name: "threshold",
    range: { atLeast: 0 },
    least: Number.POSITIVE_INFINITY,
    tuned: true,
    grid: (largest) => geometric(largest, Math.min(1, largest / 2), 12),
  },
  weight: (w, threshold) => (w <= threshold ? w : 0),
} as const satisfies ValueEstimator;
