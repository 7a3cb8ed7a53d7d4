import { stepUp } from "./step.js";

/**
 * Hochberg's step-up. Familywise, independent or positively dependent tests.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Hochberg (1988), Biometrika 75
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5, R 4.2.2
 * @example
 * hochberg([0.01, 0.04, 0.03, 0.2]); // [0.04, 0.08, 0.08, 0.2]
 */
export function hochberg(pValues: readonly number[]): number[] {
  return stepUp(pValues, (p, rank) => (pValues.length - rank) * p);
}
