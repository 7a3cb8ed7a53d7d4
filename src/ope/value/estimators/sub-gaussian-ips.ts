import { bend, bent } from "./bend.js";
import type { ValueEstimator } from "./value-estimator.js";

/** Inverse propensity scores whose weights are bent below 1 / λ. */
export const subGaussianIps = {
  model: "none",
  normalized: false,
  ownFit: false,
  setting: bend,
  weight: bent,
} as const satisfies ValueEstimator;
