import type { AdaptiveEstimator } from "./adaptive-estimator.js";
import { RunningScores } from "./running-scores.js";

/** The root of what a round tells: of one arm √e, of two √(1 / (1/e + 1/e′)). */
const rootOfInformation = (own: number, other: number) => Math.sqrt(1 / (1 / own + 1 / other));

/**
 * Adaptively weighted AIPW: scores weighed by the root of what their round could tell, so that their variance is stable and
 * the studentized estimate normal where chances go towards zero.
 * @source Hadad, Hirshberg, Zhan, Wager & Athey (2021), PNAS 118: constant allocation rate
 */
export const weightedAipw: AdaptiveEstimator = (arm, against) =>
  new RunningScores(arm, against, rootOfInformation);
