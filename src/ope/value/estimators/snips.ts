import type { ValueEstimator } from "./value-estimator.js";

/**
 * Self-normalized inverse propensity scores: Σ w · reward / Σ w. Stays within the rewards, at the price of a bias of order 1/n.
 * @source Swaminathan & Joachims (2015), NeurIPS 28
 */
export const snips = {
  model: "none",
  normalized: true,
  ownFit: false,
  weight: (w) => w,
} as const satisfies ValueEstimator;
