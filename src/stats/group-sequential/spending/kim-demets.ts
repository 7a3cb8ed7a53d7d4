import { power } from "../../../core/powers.js";
import type { SpendingFunction } from "./spending-function.js";

/**
 * Spends a power of the information: error × t^ρ. ρ = 1 spends evenly, ρ = 3 is near O'Brien–Fleming.
 * @source Kim & DeMets (1987), Biometrika 74
 * @checked test/reference/group-sequential.json — rpact, spotify-confidence, gsDesign
 * @example
 * kimDemets.spent(0.025, 0.5, { rho: 3 }); // 0.003125
 */
export const kimDemets = {
  spent(error, fraction, { rho }) {
    if (fraction <= 0) return 0;
    return fraction >= 1 ? error : error * power(fraction, rho);
  },
} as const satisfies SpendingFunction<{ readonly rho: number }>;
