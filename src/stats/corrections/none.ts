import { requirePValues } from "./require-p-values.js";

/**
 * No correction: the p-values as they are.
 * @param pValues  p-values in [0, 1], any order
 * @returns a copy
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 */
export function none(pValues: readonly number[]): number[] {
  requirePValues(pValues);
  return [...pValues];
}
