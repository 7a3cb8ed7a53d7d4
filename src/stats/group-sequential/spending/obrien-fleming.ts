import { normalSurvival, normalSurvivalQuantile } from "../../../distributions/index.js";
import type { SpendingFunction } from "./spending-function.js";

/**
 * Spends hardly anything early and nearly all at the end, like the boundaries of O'Brien and Fleming: 2 − 2Φ(z/√t) with
 * z the normal point of half the error.
 * @source Lan & DeMets (1983), Biometrika 70; O'Brien & Fleming (1979), Biometrics 35
 * @checked test/reference/group-sequential.json — rpact, gsDesign
 * @example
 * obrienFleming.spent(0.025, 0.5, {}); // 0.001525
 */
export const obrienFleming = {
  spent(error, fraction) {
    if (fraction <= 0) return 0;
    if (fraction >= 1) return error;
    return 2 * normalSurvival(normalSurvivalQuantile(error / 2) / Math.sqrt(fraction));
  },
} as const satisfies SpendingFunction;
