import { geometric, type ValueEstimator } from "./value-estimator.js";

/**
 * Doubly robust with optimistic shrinkage: weights are λ w / (w² + λ), small ones hardly changed, large ones towards zero.
 * @source Su, Dimakopoulou, Krishnamurthy & Dudík (2020), ICML
 */
export const dros = {
  model: "corrected",
  normalized: false,
  ownFit: false,
  setting: {
    name: "shrinkage",
    range: { atLeast: 0 },
    least: Number.POSITIVE_INFINITY,
    tuned: true,
    grid: (largest) => geometric(100 * largest * largest, Math.min(1, largest / 2), 14),
  },
  weight: (w, shrinkage) =>
    shrinkage === Number.POSITIVE_INFINITY || w === 0 ? w : (shrinkage * w) / (w * w + shrinkage),
} as const satisfies ValueEstimator;
