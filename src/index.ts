export type { Definition, Plan, PointRange, VariantDefinition } from "./core/definition.js";
export type { ErrorCode, ErrorPath, Problem } from "./core/experiment-error.js";
export { ExperimentError } from "./core/experiment-error.js";
export type { Json } from "./core/json.js";
export type { MetricDefinition, ValueSource } from "./core/metric-definition.js";
