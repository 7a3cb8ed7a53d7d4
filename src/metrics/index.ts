export { aggregatesOf } from "./aggregates.js";
export type { Aggregate, MetricType } from "./metric-type.js";
export { type MetricTypeName, metricTypes } from "./metric-types.js";
