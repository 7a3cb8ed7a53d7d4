import type { MetricDefinition } from "../core/metric-definition.js";
import { errorOf, nearName, problem, unknown_name } from "../errors/index.js";
import { type MetricType, metricTypes } from "./types/index.js";

const family: Readonly<Record<string, MetricType>> = metricTypes;

/**
 * The member of the metric family that a metric names.
 * @param metric  a metric of the definition
 * @returns its type, with its answers for this metric
 * @throws ExperimentError `unknown_name` at ["metrics", key, "type"] when there is no such type
 */
export function metricTypeOf(metric: MetricDefinition): MetricType {
  const { key, type } = metric;
  const found = Object.hasOwn(family, type) ? family[type] : undefined;
  if (found) return found.answersFor ? { ...found, ...found.answersFor(metric) } : found;
  throw errorOf([
    problem({ unknown_name }, ["metrics", key, "type"], type, nearName(type, Object.keys(family))),
  ]);
}
