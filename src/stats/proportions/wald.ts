import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { normalTail } from "../inference/tail.js";
import { checkProportions, type Proportion, rateDifference } from "./proportion.js";

/** Standard error of a difference of two rates, each with its own variance. */
export function unpooledError(control: Proportion, treatment: Proportion): number {
  const part = ({ x, n }: Proportion) => ((x / n) * ((n - x) / n)) / n;
  return Math.sqrt(part(control) + part(treatment));
}

/**
 * Difference of two proportions ± critical value × unpooled standard error. Under-covers for small counts; kept for
 * comparison with others.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control rate; statistic is z; `degenerate` when every arm is all or nothing
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Laplace (1812)
 * @checked test/reference/proportions.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * const difference = wald({ x: 100, n: 1000 }, { x: 130, n: 1010 });
 * difference.status === "ok" && difference.interval; // [0.0009231, 0.0565]
 */
export function wald(control: Proportion, treatment: Proportion, options: EstimateOptions = {}): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const value = rateDifference(control, treatment);
  return symmetricEstimate("wald", value, unpooledError(control, treatment), normalTail, options);
}
