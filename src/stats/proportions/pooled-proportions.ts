import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { normalTail } from "../inference/tail.js";
import { checkProportions, type Proportion, rateDifference } from "./proportion.js";

/**
 * The two-proportion z-test with the variance of no difference (both arms' rate pooled).
 * The interval uses the same standard error; for an interval of good coverage use `newcombe`.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control rate; statistic is z; `degenerate` when nobody or everybody
 *          succeeded in both arms
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, ch. 3
 * @checked test/reference/proportions.json — mpmath 1.2.1
 * @example
 * pooledProportions({ x: 100, n: 1000 }, { x: 130, n: 1010 }).pValue; // 0.04319
 */
export function pooledProportions(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const n = control.n + treatment.n;
  const x = control.x + treatment.x;
  const variance = (x / n) * ((n - x) / n) * (1 / control.n + 1 / treatment.n);
  const value = rateDifference(control, treatment);
  return symmetricEstimate("pooled-z", value, Math.sqrt(variance), normalTail, options);
}
