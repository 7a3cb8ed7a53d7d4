import type { MetricDefinition } from "../core/metric-definition.js";
import { metricTypeOf } from "./metric-type-of.js";

/** @returns the reason under which units without a value of the metric are counted */
export function missingReason(metric: MetricDefinition): string {
  return `${metricTypeOf(metric).missing ?? "missing"}_${metric.key}`;
}
