import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf } from "../inference/tail.js";
import { checkProportions, type Proportion, rateDifference } from "./proportion.js";
import { unpooledError } from "./wald.js";

/**
 * Difference of two proportions, Wald's interval after one success and one failure are added to each arm.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control rate as observed; interval, standardError, statistic and pValue are
 *          those of the enlarged arms
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Agresti & Caffo (2000), The American Statistician 54
 * @checked test/reference/proportions.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * const difference = agrestiCaffo({ x: 3, n: 40 }, { x: 9, n: 42 });
 * difference.status === "ok" && difference.interval; // [-0.02033, 0.2844]
 */
export function agrestiCaffo(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const enlarged = ({ x, n }: Proportion) => ({ x: x + 1, n: n + 2 });
  const [a, b] = [enlarged(control), enlarged(treatment)];
  const center = rateDifference(a, b);
  const standardError = unpooledError(a, b);
  const reach = normalTail.critical(outside(level, alternative)) * standardError;
  return {
    status: "ok",
    method: "agresti-caffo",
    value: rateDifference(control, treatment),
    standardError,
    interval: interval(center - reach, center + reach, alternative),
    level,
    pValue: pValueOf(center / standardError, alternative, normalTail),
    statistic: center / standardError,
  };
}
