import { bend, bent } from "./bend.js";
import type { ValueEstimator } from "./value-estimator.js";

/** Doubly robust, with weights that are bent below 1 / λ. */
export const subGaussianDr = {
  model: "corrected",
  normalized: false,
  ownFit: false,
  setting: bend,
  weight: bent,
} as const satisfies ValueEstimator;
