import { unknown_key } from "../core/errors.js";
import { errorOf, problem } from "../core/experiment-error.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import { nearNames } from "../core/near-names.js";
import { type MetricType, metricTypes } from "./types/index.js";

const family: Readonly<Record<string, MetricType>> = metricTypes;

/**
 * The member of the metric family that a metric names.
 * @param metric  a metric of the definition
 * @returns its type
 * @throws ExperimentError `unknown_key` at ["metrics", key, "type"] when there is no such type
 */
export function metricTypeOf({ key, type }: MetricDefinition): MetricType {
  const found = Object.hasOwn(family, type) ? family[type] : undefined;
  if (found) return found;
  const hint = nearNames(type, Object.keys(family), "types");
  throw errorOf([problem({ unknown_key }, ["metrics", key, "type"], type, hint)]);
}
