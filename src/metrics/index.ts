export { type AggregateRequest, aggregatesOf, type ValueRequest } from "./aggregates-of.js";
export { estimateMetric } from "./estimate-metric.js";
export { metricTypeOf } from "./metric-type-of.js";
export {
  type MetricTypeName,
  metricInputShape,
  metricProblems,
  metricSettings,
  metricShape,
  type ValueSource,
} from "./settings/index.js";
export {
  type KnownMetric,
  type MetricEstimates,
  type MetricReading,
  type MetricStratum,
  type MetricType,
  metricTypes,
  sparse,
} from "./types/index.js";
