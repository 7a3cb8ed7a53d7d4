export { aggregatesOf } from "./aggregates.js";
export { estimateMetric } from "./estimate-metric.js";
export type { Aggregate, MetricEstimates, MetricType } from "./metric-type.js";
export { type MetricTypeName, metricTypes } from "./metric-types.js";
