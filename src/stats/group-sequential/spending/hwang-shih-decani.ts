import type { SpendingFunction } from "./spending-function.js";

/**
 * From late to early spending by one number: error × (1 − e^(−γt)) / (1 − e^(−γ)). γ = −4 is near O'Brien–Fleming, γ = 1
 * near Pocock, γ = 0 spends evenly.
 * @source Hwang, Shih & DeCani (1990), Statistics in Medicine 9
 * @checked test/reference/group-sequential.json — rpact, gsDesign
 * @example
 * hwangShihDeCani.spent(0.025, 0.5, { gamma: -4 }); // 0.00298
 */
export const hwangShihDeCani = {
  spent(error, fraction, { gamma }) {
    if (fraction >= 1) return error;
    const t = Math.max(fraction, 0);
    return error * (gamma === 0 ? t : Math.expm1(-gamma * t) / Math.expm1(-gamma));
  },
} as const satisfies SpendingFunction<{ readonly gamma: number }>;
