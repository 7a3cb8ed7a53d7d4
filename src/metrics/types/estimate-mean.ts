import type { EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { lift, meanDifference, scalar, welch } from "../../stats/index.js";
import type { MetricEstimates } from "./metric-type.js";

/**
 * Difference and lift of one value's mean: Welch's test, and its skewness-aware form where third moments ask for it
 * (then the plain one is named beside it).
 */
export function estimateMean(
  control: Moments,
  treatment: Moments,
  options?: EstimateOptions,
): MetricEstimates {
  const [a, b] = [scalar(control), scalar(treatment)];
  const difference = meanDifference(a, b, options);
  return {
    difference,
    lift: lift(a, b, options),
    ...(difference.method === "welch" ? {} : { named: { welch: welch(a, b, options) } }),
  };
}
