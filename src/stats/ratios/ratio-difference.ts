import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { normalTail, outside } from "../inference/tail.js";
import { plainDifference } from "../means/mean-difference.js";
import { welchEstimate } from "../means/welch.js";
import { amountsComparison } from "../skewed/amounts-comparison.js";
import { ratioAmounts } from "./ratio-amounts.js";
import { checkRatioArms, ratioArms } from "./ratio-arms.js";

/**
 * Difference of two ratios of means (conversions per session, revenue per order …) with units that contribute
 * several observations: the delta method on each unit's numerator and denominator, or where third moments say that the
 * ratios are skewed, the skewness-corrected score of `meanDifference` on each unit's residual, method `amounts-score`.
 * @param control    moments of two values per unit, [numerator, denominator]; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment ratio − control ratio; statistic t with Welch's df; `undefined` for a zero
 *          mean denominator, `unbounded` when a denominator's interval reaches zero, `degenerate` without variance; a score is
 *          flagged `skewed`
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
  checkRatioArms(control, treatment);
  const amounts = amountsComparison([{ control, treatment }], ratioAmounts);
  return amounts ? amounts.absolute(options) : plainRatioDifference(control, treatment, options);
}

/** The difference of ratios whose amounts are not compared by their score; arms and options were checked. */
export function plainRatioDifference(
  control: Moments,
  treatment: Moments,
  options: EstimateOptions,
  ofMeans: typeof plainDifference = plainDifference,
): Estimate {
  const method = "ratio-delta";
  const level = readLevel(options);
  const critical = normalTail.critical(outside(level, readAlternative(options)));
  const arms = ratioArms(control, treatment, method, level, critical);
  if ("failure" in arms) return arms.failure;
  const found = ofMeans(arms.control, arms.treatment, options);
  return { ...found, method: found.method === "welch" ? method : `${method}-hall` };
}

/** The delta method's difference of ratios, whatever their skewness; arms and options were checked. */
export function deltaRatioDifference(
  control: Moments,
  treatment: Moments,
  options: EstimateOptions,
): Estimate {
  return plainRatioDifference(control, treatment, options, welchEstimate);
}
