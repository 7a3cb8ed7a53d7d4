import { stepDown } from "./step.js";

/**
 * Holm's step-down Bonferroni. Familywise, any dependence; never less powerful than Bonferroni.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Holm (1979), Scandinavian Journal of Statistics 6
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5, R 4.2.2
 * @example
 * holm([0.01, 0.04, 0.03, 0.2]); // [0.04, 0.09, 0.09, 0.2]
 */
export function holm(pValues: readonly number[]): number[] {
  return stepDown(pValues, (p, rank) => (pValues.length - rank) * p);
}
