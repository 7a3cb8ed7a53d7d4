import type { Moments } from "../../core/moments.js";
import {
  ExperimentError,
  requireList,
  requireNumber,
  requireObject,
  wrong_length,
} from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { MomentsAccumulator } from "../moments/moments-accumulator.js";

/** A covariate by name: one value per unit, null (or undefined) where the unit has none. */
export type Covariates = Readonly<Record<string, ArrayLike<number | null | undefined>>>;

/**
 * Moments of an outcome and covariates of which some units have none, for `cuped`: each covariate becomes two, its
 * value (0 where missing) and `<name>_missing` (1 where missing), so that every unit stays in.
 * @param outcome     one value per unit, finite, at least one
 * @param covariates  by name, each as long as the outcome
 * @returns moments named `outcome`, then `<name>`, `<name>_missing` of each covariate in the object's order
 * @throws ExperimentError `insufficient_data` at ["outcome", "length"]; `wrong_length` at ["covariates", name];
 *         `wrong_type` or `not_finite` at ["outcome", i] or ["covariates", name, i]
 * @source Little & Rubin (2002), Statistical Analysis with Missing Data; unbiased here as arms are randomised
 * @example
 * covariateMoments([1, 3, 5], { before: [2, null, 4] }).names; // ["outcome", "before", "before_missing"]
 */
export function covariateMoments(outcome: ArrayLike<number>, covariates: Covariates): Moments {
  requireList(outcome, ["outcome"]);
  requireUnits(outcome.length, ["outcome", "length"], 1);
  requireObject(covariates, ["covariates"]);
  const entries = Object.entries(covariates);
  for (const [name, values] of entries) {
    requireList(values, ["covariates", name]);
    if (values.length !== outcome.length)
      throw new ExperimentError({ wrong_length }, ["covariates", name], values.length, {
        expected: { length: outcome.length },
        other: "outcome",
      });
  }
  const accumulator = new MomentsAccumulator([
    "outcome",
    ...entries.flatMap(([name]) => [name, `${name}_missing`]),
  ]);
  const unit = new Float64Array(1 + 2 * entries.length);
  for (let i = 0; i < outcome.length; i++) {
    unit[0] = outcome[i] as number;
    requireNumber(outcome[i], ["outcome", i]);
    entries.forEach(([name, values], j) => {
      const value = values[i] ?? null;
      if (value !== null) requireNumber(value, ["covariates", name, i]);
      unit[1 + 2 * j] = value ?? 0;
      unit[2 + 2 * j] = value === null ? 1 : 0;
    });
    accumulator.push(unit);
  }
  return accumulator.moments();
}
