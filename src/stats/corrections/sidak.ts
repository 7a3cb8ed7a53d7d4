import { requirePValues } from "./require-p-values.js";

/**
 * Šidák: 1 − (1 − p)ᵐ, without cancellation for small p. Familywise, independent or positively dependent tests.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Šidák (1967), JASA 62
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5
 * @example
 * sidak([0.01, 0.04, 0.03, 0.2]); // [0.0394, 0.1507, 0.1147, 0.5904]
 */
export function sidak(pValues: readonly number[]): number[] {
  requirePValues(pValues);
  return pValues.map((p) => -Math.expm1(pValues.length * Math.log1p(-p)));
}
