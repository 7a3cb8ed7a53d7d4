import type { AdaptiveEstimator } from "./adaptive-estimator.js";
import { RunningScores } from "./running-scores.js";

/**
 * Augmented inverse propensity weights: the plain mean of doubly robust scores. A martingale whatever the policy learned, so
 * that it is the one to be read at any time.
 * @source Robins, Rotnitzky & Zhao (1994), JASA 89; adaptive data: Hadad et al. (2021), PNAS 118
 */
export const aipw: AdaptiveEstimator = (arm, against) => new RunningScores(arm, against);
