import type { Estimate, EstimateOptions } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Moments } from "../core/moments.js";
import { metricTypeOf } from "./metric-type-of.js";
import type { MetricEstimates } from "./types/index.js";

/**
 * What a metric says of one contrast, in one cell or overall.
 * @param metric    a metric of the definition; its type picks the estimator
 * @param control   moments of the metric's values among control units
 * @param treatment the same among treatment units
 * @param options   level and alternative
 * @returns difference (treatment − control) and lift (a fraction), and further tests by name; `undefined` with the
 *          reason when an arm has fewer than two units
 * @throws ExperimentError `out_of_range` for a level outside (0, 1), `unknown_key` for a type that does not exist
 */
export function estimateMetric(
  metric: MetricDefinition,
  control: Moments,
  treatment: Moments,
  options: EstimateOptions = {},
): MetricEstimates {
  if (control.n >= 2 && treatment.n >= 2)
    return metricTypeOf(metric).estimate([{ control, treatment }], options);
  const few = control.n < 2 ? "control" : "treatment";
  const none: Estimate = {
    status: "undefined",
    method: "none",
    reason: `fewer than 2 units in ${few}`,
    level: options.level ?? 0.95,
  };
  return { difference: none, lift: none };
}
