import { stepDown } from "./step.js";

/**
 * Holm's step-down with Šidák's bound. Familywise, independent or positively dependent tests.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Holland & Copenhaver (1987), Biometrics 43
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5
 * @example
 * holmSidak([0.01, 0.04, 0.03, 0.2]); // [0.0394, 0.08733, 0.08733, 0.2]
 */
export function holmSidak(pValues: readonly number[]): number[] {
  return stepDown(pValues, (p, rank) => -Math.expm1((pValues.length - rank) * Math.log1p(-p)));
}
