import type { CellsRequest } from "../../core/cells.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import type { ErrorPath } from "../../errors/index.js";
import type { AggregateName } from "../aggregates/index.js";
import { type AggregateRequest, aggregatesOf, type Imputed, type ValueRequest } from "../aggregates-of.js";
import { metricTypeOf } from "../metric-type-of.js";
import type { PercentileCap, Where } from "../settings/index.js";

/** One per-unit value to compute; metrics that need the same one share it. */
export interface PerUnitValue {
  readonly of: AggregateName;
  readonly column: string;
  readonly event: string;
  /** Column of the events' amount. */
  readonly amount: string;
  /** Which of these events count; absent: all. */
  readonly where?: Where;
  /** Microseconds after the first exposure from which events count, < 0 for covariates. */
  readonly since: number;
  /** And at which they no longer do; absent: never. */
  readonly until?: number;
  /** Units whose first exposure is not so many microseconds before the data end have no such value. */
  readonly over?: number;
  /** Microseconds since 1970 from and before which events count; units that were exposed later have no such value. */
  readonly during?: readonly [from: number, to: number];
  /** Of a covariate's column: the number with 0 where it is missing, or 1 where it is missing and 0 elsewhere. */
  readonly imputed?: Imputed;
  /** First places that ask for its column and its amount, for messages. */
  readonly columnPath: ErrorPath;
  readonly amountPath: ErrorPath;
}

/** A part of a metric's value: one of the per-unit values, and what it is multiplied by. */
export interface ValueTerm {
  readonly at: number;
  readonly weight: number;
}

/** A metric, and what of the per-unit values its own are: sums of one or several terms. */
export interface MetricColumns {
  readonly key: string;
  readonly names: readonly string[];
  readonly values: readonly (readonly ValueTerm[])[];
  /** Of each value the largest that counts; undefined where there is none. */
  readonly caps: readonly (number | undefined)[];
  /** Of each value the percentile that its cap is yet to be found by; undefined where there is none. */
  readonly percentiles: readonly (PercentileCap | undefined)[];
  /** How many of its values are its own. */
  readonly own: number;
  /** How many are its own or reasons of them; the others are covariates, which no unit lacks. */
  readonly outcomes: number;
  readonly joint: boolean;
  /** Whether, of events, some units have no value of it: their days are not over. */
  readonly partial: boolean;
  readonly third: boolean;
  /** Whether how many units have which value is wanted. */
  readonly distribution: boolean;
  /** Whether something is decided by its amounts, so that it matters what few units do. */
  readonly heavy: boolean;
}

/** A metric and the values that are wanted of it. */
export interface AskedMetric {
  readonly metric: MetricDefinition;
  readonly asked: readonly ValueRequest[];
}

/** @returns what a request wants of its metrics */
export const askedIn = ({ metrics, definition }: CellsRequest): readonly AskedMetric[] =>
  metrics.map((metric) => ({ metric, asked: aggregatesOf(metric, definition.metrics) }));

/** The distinct per-unit values of all metrics; `same` says what makes two the same. */
export function valuesOf(
  wanted: readonly AskedMetric[],
  defaultAmount: string,
  same: (value: PerUnitValue) => string,
  window?: number,
) {
  const values: PerUnitValue[] = [];
  const seen = new Map<string, number>();
  const placeOf = (request: AggregateRequest): number => {
    const { weight: _, value, path, since = 0, until = window, ...asked } = request;
    const here = ["metrics", ...path];
    const one: PerUnitValue = {
      ...{ ...asked, since, ...(until === undefined ? {} : { until }) },
      ...{ amount: value ?? defaultAmount, columnPath: [...here, "column"] },
      amountPath: value === undefined ? ["data", "events", "value"] : [...here, "value"],
    };
    const key = same(one);
    const at = seen.get(key) ?? values.push(one) - 1;
    seen.set(key, at);
    return at;
  };
  const metrics = wanted.map(({ metric, asked }): MetricColumns => {
    const { joint, third, distribution = false } = metricTypeOf(metric);
    const outcomes = asked.filter(({ covariate }) => !covariate).length;
    const own = asked.filter(({ covariate, reason }) => !covariate && !reason).length;
    const more = asked.length > own;
    return {
      ...{
        key: metric.key,
        own,
        outcomes,
        joint: joint || asked.length > 1,
        third: third || more,
        distribution,
      },
      partial: asked.some(({ terms }) => terms.some(({ over, during }) => over ?? during)),
      heavy: third && metric.role !== "diagnostic",
      names: asked.map(({ name }) => name),
      caps: asked.map(({ cap }) => (typeof cap === "number" ? cap : undefined)),
      percentiles: asked.map(({ cap }) => (typeof cap === "number" ? undefined : cap)),
      values: asked.map(({ terms }) => terms.map((term) => ({ at: placeOf(term), weight: term.weight }))),
    };
  });
  return { values, metrics };
}
