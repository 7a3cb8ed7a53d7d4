import type { MetricDefinition } from "../core/metric-definition.js";
import { microsecondsIn, microsecondsPerDay } from "../core/period.js";
import { errorOf } from "../errors/index.js";
import type { AggregateName } from "./aggregates/index.js";
import { metricTypeOf } from "./metric-type-of.js";
import { metricProblems, type PercentileCap, reasonsOf, type Where, whereOf } from "./settings/index.js";
import type { WantedValue } from "./types/index.js";

/** One aggregate of a unit's events, and where it comes from. */
export interface AggregateRequest {
  /** What it is multiplied by in the value that it is part of. */
  readonly weight: number;
  /** What is made of a unit's events. */
  readonly of: AggregateName;
  /** Column of a wide table that holds it ready-made. */
  readonly column: string;
  /** Name of the events that are aggregated. */
  readonly event: string;
  /** Column of the events' amount; absent: the mapping's. */
  readonly value?: string;
  /** Which of these events count; absent: all. */
  readonly where?: Where;
  /** Microseconds after the first exposure from which events count, < 0 for a covariate; absent: 0. */
  readonly since?: number;
  /** Microseconds after the first exposure at which events no longer count; absent: the mapping's window. */
  readonly until?: number;
  /** It exists only for units whose first exposure is at least so many microseconds before the data end. */
  readonly over?: number;
  /** Microseconds since 1970 from and before which events count; it exists only for units exposed before the latter. */
  readonly during?: readonly [from: number, to: number];
  /** Of a covariate from a column. */
  readonly imputed?: Imputed;
  /** Where it is declared, from the metric's key on, for messages. */
  readonly path: readonly string[];
}

/** Of a covariate's column: its number with 0 where it is missing, and 1 where it is missing, else 0. */
export type Imputed = "value" | "missing";

/** One per-unit value of a metric: an aggregate, or the weighted sum of several. */
export interface ValueRequest {
  /** Name of the value within the metric's moments. */
  readonly name: string;
  readonly terms: readonly AggregateRequest[];
  /** Largest value that counts, or the percentile that says it; a larger one counts as this one. */
  readonly cap?: number | PercentileCap;
  /** Of a sum of other metrics: their weights, by their keys, in the definition's order. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Whether it only explains the metric's own values, which come first. */
  readonly covariate?: true;
  /** Whether it is a step towards the metric's value, by which a difference is explained; after its own, before covariates. */
  readonly reason?: true;
}

const day = microsecondsPerDay;

const termOf = (metric: MetricDefinition, { of, source, over, path }: WantedValue, weight: number) => ({
  ...{ weight, of, path: [metric.key, ...path] },
  column: source.column ?? metric.key,
  event: source.event ?? metric.key,
  ...(source.value === undefined ? {} : { value: source.value }),
  ...(source.where === undefined ? {} : { where: whereOf(source.where) }),
  ...(source.window?.from === undefined ? {} : { since: source.window.from * day }),
  ...(source.window?.to === undefined ? {} : { until: source.window.to * day }),
  ...(over ? { over: (source.window?.to ?? 0) * day } : {}),
});

/** What a metric's covariates need, two values each from a column, else one for each of the metric's own. */
function covariatesOf(
  { key, covariates = [] }: MetricDefinition,
  own: readonly ValueRequest[],
): readonly ValueRequest[] {
  return covariates.flatMap((covariate, i): readonly ValueRequest[] => {
    const path = [key, "covariates", String(i)];
    const column = "column" in covariate ? covariate.column : undefined;
    if (column !== undefined)
      return (["value", "missing"] as const).map((imputed) => ({
        name: imputed === "value" ? `covariate.${column}` : `missing.${column}`,
        terms: [{ weight: 1, of: "sum", column, event: key, imputed, path }],
        covariate: true,
      }));
    const period = "before" in covariate ? covariate.before : "";
    const before = microsecondsIn(period) ?? 0;
    return own.map(({ name, terms, cap }) => ({
      name: `before.${period}.${name}`,
      ...(cap === undefined ? {} : { cap }),
      terms: terms.map(({ over: _, ...term }) => ({ ...term, since: -before, until: 0, path })),
      covariate: true,
    }));
  });
}

/** A metric's own values; of those that add up others, every term. */
function ownValues(metric: MetricDefinition, metrics: readonly MetricDefinition[]): readonly ValueRequest[] {
  return metricTypeOf(metric)
    .values(metric)
    .map((value): ValueRequest => {
      const capped = value.cap === undefined ? {} : { cap: value.cap };
      if (!("weights" in value)) return { name: value.name, ...capped, terms: [termOf(metric, value, 1)] };
      const parts = metrics.flatMap((part) => {
        const weight = Object.hasOwn(value.weights, part.key) ? value.weights[part.key] : undefined;
        return weight === undefined ? [] : [{ part, weight }];
      });
      return {
        name: value.name,
        ...capped,
        weights: Object.fromEntries(parts.map(({ part, weight }) => [part.key, weight])),
        terms: parts.flatMap(({ part, weight }) =>
          ownValues(part, metrics).flatMap(({ terms }) => terms.map((term) => ({ ...term, weight }))),
        ),
      };
    });
}

/** The steps towards a metric, in their order: the own value of each metric it names. */
function reasonsFor(metric: MetricDefinition, metrics: readonly MetricDefinition[]): readonly ValueRequest[] {
  return reasonsOf(metric).flatMap((key) => {
    const part = metrics.find((each) => each.key === key);
    const [value] = part ? ownValues(part, metrics) : [];
    return value ? [{ ...value, name: reasonName(key), reason: true as const }] : [];
  });
}

/** @returns the name of a reason's value within the moments of the metric that names it */
export const reasonName = (key: string): string => `reason.${key}`;

/**
 * The per-unit values a metric needs, defaults filled in.
 * @param metric   a metric of the definition
 * @param metrics  all metrics of the definition, in its order, in which those that are combined are added up
 * @returns one request per value, in the order of the metric's moments, reasons and covariates last; column and event default to the key of the metric
 *   that declares them
 * @throws ExperimentError `unknown_name` for a type that does not exist; `unknown_name`, `not_a_sum`, `zero_weight` or
 *   `missing_value` at ["metrics", key, "of", …] for what cannot be combined, and at ["metrics", key, "reasons", …]
 */
export function aggregatesOf(
  metric: MetricDefinition,
  metrics: readonly MetricDefinition[],
): readonly ValueRequest[] {
  const problems = metricProblems(metric, metrics, ["metrics", metric.key]);
  if (problems.length > 0) throw errorOf(problems);
  const own = ownValues(metric, metrics);
  return [...own, ...reasonsFor(metric, metrics), ...covariatesOf(metric, own)];
}
