import { clip } from "./clip.js";
import type { ValueEstimator } from "./value-estimator.js";

/**
 * Marginalised inverse propensity scores: `ips` with the weights of what of an action reaches the reward (`embedding`), the
 * policy's probability of all actions that share it over the log's. Unbiased where nothing else of an action reaches the reward.
 * @source Saito & Joachims (2022), ICML: Off-Policy Evaluation for Large Action Spaces via Embeddings
 */
export const mips = {
  model: "none",
  normalized: false,
  ownFit: false,
  marginal: true,
  setting: clip,
  weight: Math.min,
} as const satisfies ValueEstimator;
