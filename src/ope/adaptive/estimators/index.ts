import type { AdaptiveEstimator } from "./adaptive-estimator.js";
import { aipw } from "./aipw.js";
import { batchedOls } from "./batched-ols.js";
import { weightedAipw } from "./weighted-aipw.js";

/** The family of estimators of arms from adaptive data. A new member is one new file and one line here. */
export const adaptiveEstimators = {
  "batched-ols": batchedOls,
  "weighted-aipw": weightedAipw,
  aipw,
} as const satisfies Readonly<Record<string, AdaptiveEstimator>>;

/** Name of an estimator of arms from adaptive data. */
export type AdaptiveEstimatorName = keyof typeof adaptiveEstimators;
