export { type AggregateRequest, aggregatesOf } from "./aggregates-of.js";
export { estimateMetric } from "./estimate-metric.js";
export { metricTypeOf } from "./metric-type-of.js";
export {
  type MetricTypeName,
  metricInputShape,
  metricSettings,
  metricShape,
  type ValueSource,
} from "./settings/index.js";
export {
  type KnownMetric,
  type MetricEstimates,
  type MetricStratum,
  type MetricType,
  metricTypes,
  sparse,
} from "./types/index.js";
