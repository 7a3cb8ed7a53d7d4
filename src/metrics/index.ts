export { type AggregateRequest, aggregatesOf } from "./aggregates-of.js";
export { estimateMetric } from "./estimate-metric.js";
export { metricTypeOf } from "./metric-type-of.js";
export {
  type KnownMetric,
  type MetricEstimates,
  type MetricType,
  type MetricTypeName,
  metricTypes,
  type ValueSource,
} from "./types/index.js";
