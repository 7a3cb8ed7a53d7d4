import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { checkArms } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { meanAmounts } from "../skewed/amount-arm.js";
import { amountsComparison } from "../skewed/amounts-comparison.js";
import { pooledSkewness, skewedArms, skewnessThreshold } from "../skewed/pooled-skewness.js";
import { hallEstimate } from "../skewed/welch-hall.js";
import { welchEstimate } from "./welch.js";

/**
 * Difference in means by the default rule: Welch's test, or for skewed amounts their skewness-corrected score, method
 * `amounts-score`, where m3 and nonzero are given and the smaller arm's mean is skewed by 0.1 or more. Values of both
 * signs, and moments without nonzero, get `welch-hall` where the statistic's skewness is 0.1 or more. All but Welch's are
 * flagged `skewed`.
 * @param control    moments of one value per unit; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control, metric's unit; `unbounded` where hardly any value is
 *          not zero
 * @throws ExperimentError as `welch`
 * @source the rule and what it reaches: docs/calibration.md
 * @example
 * const [control, treatment] = [{ n: 1000, mean: 10, m2: 4000 }, { n: 1010, mean: 10.3, m2: 4100 }];
 * meanDifference(control, treatment).pValue; // 0.0008278
 */
export function meanDifference(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkArms(control, treatment);
  return meanEstimate(control, treatment, options);
}

/** `meanDifference` of arms and options that were checked. */
export function meanEstimate(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: EstimateOptions,
): Estimate {
  const amounts = amountsComparison([{ control, treatment }], meanAmounts);
  return amounts ? amounts.absolute(options) : plainDifference(control, treatment, options);
}

/** The difference of means whose amounts are not compared by their score. */
export function plainDifference(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: EstimateOptions,
): Estimate {
  const plain = welchEstimate(control, treatment, options);
  const arms = skewedArms(control, treatment);
  return arms && Math.abs(pooledSkewness(arms, 1)) >= skewnessThreshold
    ? hallEstimate(plain, arms, options)
    : plain;
}
