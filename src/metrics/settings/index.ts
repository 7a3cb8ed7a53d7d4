export { metricProblems } from "./metric-problems.js";
export { type MetricTypeName, metricSettings } from "./metric-settings.js";
export { metricInputShape, metricShape } from "./metric-shape.js";
export { reasonsOf } from "./reasons-of.js";
export type { MetricLines, PercentileCap, ValueSource } from "./value-source.js";
export { isNumeric, type Where, whereColumns, whereOf } from "./where.js";
