import { requirePValues } from "./require-p-values.js";

/**
 * Bonferroni: every p-value times their number. Familywise, any dependence.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Dunn (1961), JASA 56
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5, R 4.2.2
 * @example
 * bonferroni([0.01, 0.04, 0.03, 0.2]); // [0.04, 0.16, 0.12, 0.8]
 */
export function bonferroni(pValues: readonly number[]): number[] {
  requirePValues(pValues);
  return pValues.map((p) => Math.min(1, p * pValues.length));
}
