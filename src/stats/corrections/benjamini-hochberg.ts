import { stepUp } from "./step.js";

/**
 * Benjamini–Hochberg. False discovery rate, independent or positively dependent tests.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Benjamini & Hochberg (1995), JRSS B 57
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5, R 4.2.2
 * @example
 * benjaminiHochberg([0.01, 0.04, 0.03, 0.2]); // [0.04, 0.05333, 0.05333, 0.2]
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return stepUp(pValues, (p, rank) => (p * pValues.length) / (rank + 1));
}
