import { requirePValues } from "./require-p-values.js";
import { stepUp } from "./step.js";

/**
 * Benjamini–Yekutieli. False discovery rate under any dependence.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Benjamini & Yekutieli (2001), Annals of Statistics 29
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5, R 4.2.2
 * @example
 * benjaminiYekutieli([0.01, 0.04, 0.03, 0.2]); // [0.08333, 0.1111, 0.1111, 0.4167]
 */
export function benjaminiYekutieli(pValues: readonly number[]): number[] {
  requirePValues(pValues);
  let harmonic = 0;
  for (let i = 1; i <= pValues.length; i++) harmonic += 1 / i;
  return stepUp(pValues, (p, rank) => (harmonic * p * pValues.length) / (rank + 1));
}
