import type { MetricDefinition, RatioSide } from "../core/metric-definition.js";
import type { Aggregate } from "./metric-type.js";
import { metricTypes } from "./metric-types.js";

/**
 * The per-unit values a metric needs, defaults filled in.
 * @param metric  a metric of the definition
 * @returns one aggregate a value, in the order of the metric's moments; column and event default to the
 *          metric's key
 */
export function aggregatesOf(metric: MetricDefinition): readonly Aggregate[] {
  return metricTypes[metric.type].values.map(({ name, of }) => {
    const inline = name === "value";
    const source = (inline ? metric : metric[name as keyof MetricDefinition]) as RatioSide;
    return {
      name,
      of: source.of ?? of,
      column: source.column ?? metric.key,
      event: source.event ?? metric.key,
      ...(source.value === undefined ? {} : { value: source.value }),
      path: inline ? [] : [name],
    };
  });
}
