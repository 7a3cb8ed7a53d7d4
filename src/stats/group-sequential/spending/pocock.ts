import type { SpendingFunction } from "./spending-function.js";

/**
 * Spends about as much at each look, like the constant boundaries of Pocock: error × log(1 + (e − 1) t).
 * @source Lan & DeMets (1983), Biometrika 70; Pocock (1977), Biometrika 64
 * @checked test/reference/group-sequential.json — rpact, gsDesign
 * @example
 * pocock.spent(0.025, 0.5, {}); // 0.0155
 */
export const pocock = {
  spent(error, fraction) {
    if (fraction >= 1) return error;
    return error * Math.log1p((Math.E - 1) * Math.max(fraction, 0));
  },
} as const satisfies SpendingFunction;
