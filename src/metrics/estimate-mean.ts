import type { EstimateOptions } from "../core/estimate.js";
import type { Moments } from "../core/moments.js";
import { lift } from "../stats/lift/lift.js";
import { welch } from "../stats/means/welch.js";
import { scalar } from "../stats/moments/scalar.js";
import type { MetricEstimates } from "./metric-type.js";

/** Welch's difference and the lift of one value's mean. */
export function estimateMean(
  control: Moments,
  treatment: Moments,
  options?: EstimateOptions,
): MetricEstimates {
  const [a, b] = [scalar(control), scalar(treatment)];
  return { difference: welch(a, b, options), lift: lift(a, b, options) };
}
