import { clip } from "./clip.js";
import type { ValueEstimator } from "./value-estimator.js";

/**
 * Inverse propensity scores: the mean of w · reward. Unbiased where the log could play whatever the policy plays.
 * @source Horvitz & Thompson (1952), JASA 47; clipped: Ionides (2008), JCGS 17
 */
export const ips = {
  model: "none",
  normalized: false,
  ownFit: false,
  setting: clip,
  weight: Math.min,
} as const satisfies ValueEstimator;
