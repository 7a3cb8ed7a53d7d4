export { adjustedType } from "./adjusted-type.js";
export {
  type AggregateRequest,
  aggregatesOf,
  type Imputed,
  reasonName,
  type ValueRequest,
} from "./aggregates-of.js";
export { clusteredType, membersName, sizeName } from "./clustered-type.js";
export { estimateMetric } from "./estimate-metric.js";
export { metricTypeOf } from "./metric-type-of.js";
export {
  isNumeric,
  type MetricLines,
  type MetricTypeName,
  metricInputShape,
  metricProblems,
  metricSettings,
  metricShape,
  type PercentileCap,
  reasonsOf,
  type ValueSource,
  type Where,
  whereColumns,
} from "./settings/index.js";
export { type Followed, followedBy, type TimeWindow, thirdOf, timedValues } from "./timed-values.js";
export {
  type KnownMetric,
  type Means,
  type MeansStratum,
  type MetricEstimates,
  type MetricReading,
  type MetricStratum,
  type MetricType,
  metricTypes,
} from "./types/index.js";
