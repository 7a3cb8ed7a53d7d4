import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { normalTail, outside } from "../inference/tail.js";
import { welch } from "../means/welch.js";
import { ratioArms } from "./ratio-arms.js";

/**
 * Difference of two ratios of means (conversions per session, revenue per order …) with units that contribute
 * several observations: the delta method on each unit's numerator and denominator.
 * @param control    moments of two values per unit, [numerator, denominator]; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment ratio − control ratio; statistic t with Welch's df; `undefined` for a zero
 *          mean denominator, `unbounded` when a denominator's interval reaches zero, `degenerate` without variance
 * @throws ExperimentError what `checkMoments` throws; `wrong_length` at ["control", "names"]; `insufficient_data`
 *         at ["control", "n"]; `out_of_range` at ["options", "level"]
 * @source Deng, Knoblich & Lu (2018), KDD, "Applying the delta method in metric analytics"
 * @checked test/reference/ratios.json — mpmath 1.2.1, gbstats 0.8.0, tea-tasting
 * @example
 * const names = ["orders", "sessions"];
 * const arm = (orders: number) => ({ n: 1000, names, mean: [orders, 8], comoment: [1500, 1100, 3000] });
 * const difference = ratioDifference(arm(2), arm(2.1));
 * difference.status === "ok" && difference.interval; // [0.0008228, 0.02418]
 */
export function ratioDifference(
  control: Moments,
  treatment: Moments,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  const method = "ratio-delta";
  const level = readLevel(options);
  const critical = normalTail.critical(outside(level, readAlternative(options)));
  const arms = ratioArms(control, treatment, method, level, critical);
  return "failure" in arms ? arms.failure : { ...welch(arms.control, arms.treatment, options), method };
}
