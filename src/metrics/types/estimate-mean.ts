import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { lift, meanDifference, scalar, welch } from "../../stats/index.js";
import type { MetricEstimates } from "./metric-type.js";

/** Says that nothing was there to tell skewed amounts by. */
function unseen(estimate: Estimate): Estimate {
  return estimate.status === "ok"
    ? { ...estimate, flags: [...(estimate.flags ?? []), "no_third_moments"] }
    : estimate;
}

/**
 * Difference and lift of one value's mean: Welch's test, and that of skewed amounts where third moments ask for it (then
 * the plain one is named beside it). Moments without third ones, or without the count of what is not zero, are flagged.
 */
export function estimateMean(
  control: Moments,
  treatment: Moments,
  options?: EstimateOptions,
): MetricEstimates {
  const [a, b] = [scalar(control), scalar(treatment)];
  const [difference, relative] = [meanDifference(a, b, options), lift(a, b, options)];
  const seen = [a, b].every(({ m3, nonzero }) => m3 !== undefined && nonzero !== undefined);
  return {
    difference: seen ? difference : unseen(difference),
    lift: seen ? relative : unseen(relative),
    ...(difference.method === "welch" ? {} : { named: { welch: welch(a, b, options) } }),
  };
}
