import type { MetricDefinition } from "../core/metric-definition.js";
import type { AggregateName } from "./aggregates/index.js";
import { metricTypeOf } from "./metric-type-of.js";

/** One per-unit value of a metric, and where it comes from. */
export interface AggregateRequest {
  /** Name of the value within the metric's moments. */
  readonly name: string;
  /** What is made of a unit's events. */
  readonly of: AggregateName;
  /** Column of a wide table that holds the value ready-made. */
  readonly column: string;
  /** Name of the events that are aggregated. */
  readonly event: string;
  /** Column of the events' amount; absent: the mapping's. */
  readonly value?: string;
  /** Where this value is declared within the metric, for messages. */
  readonly path: readonly string[];
}

/**
 * The per-unit values a metric needs, defaults filled in.
 * @param metric  a metric of the definition
 * @returns one request per value, in the order of the metric's moments; column and event default to the metric's key
 * @throws ExperimentError `unknown_key` for a type that does not exist
 */
export function aggregatesOf(metric: MetricDefinition): readonly AggregateRequest[] {
  return metricTypeOf(metric)
    .values(metric)
    .map(({ name, of, source, path }) => ({
      ...{ name, of, path },
      column: source.column ?? metric.key,
      event: source.event ?? metric.key,
      ...(source.value === undefined ? {} : { value: source.value }),
    }));
}
