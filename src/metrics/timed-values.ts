import type { MetricDefinition } from "../core/metric-definition.js";
import { microsecondsPerDay } from "../core/period.js";
import { type AggregateRequest, aggregatesOf, type ValueRequest } from "./aggregates-of.js";
import { metricTypeOf } from "./metric-type-of.js";

/** A stretch of time in which a metric is followed. */
export type TimeWindow =
  | {
      readonly kind: "cumulative" | "during";
      /** Microseconds since 1970. */
      readonly from: number;
      readonly to: number;
    }
  /** One day since exposure, of units that had so many `days`. */
  | { readonly kind: "since"; readonly day: number; readonly days: number }
  /** The first of so many days since exposure, and the last. */
  | { readonly kind: "change"; readonly days: number };

/** How far a metric can be followed: each includes what stands before it. */
export type Followed = "not" | "calendar" | "since" | "change";

/** @returns of so many days since exposure, how many are the first ones, and how many the last */
export const thirdOf = (days: number): number => Math.max(1, Math.floor(days / 3));

const isOwn = ({ covariate, reason }: ValueRequest) => !covariate && !reason;

/**
 * How far a metric can be followed over time: not at all where it is read off the order of values or has days of its own to wait
 * for; by calendar only, where its window picks days since exposure; without a test of change, where it is made of several values.
 * @param metrics  all metrics of the definition
 */
export function followedBy(metric: MetricDefinition, metrics: readonly MetricDefinition[]): Followed {
  const own = aggregatesOf(metric, metrics).filter(isOwn);
  const terms = own.flatMap(({ terms }) => terms);
  if (metricTypeOf(metric).distribution || terms.some(({ over }) => over !== undefined)) return "not";
  if (terms.some(({ since = 0, until }) => since !== 0 || until !== undefined)) return "calendar";
  return own.length > 1 ? "since" : "change";
}

function termOn(term: AggregateRequest, day: number, days: number, weight = term.weight): AggregateRequest {
  const since = day * microsecondsPerDay;
  return { ...term, weight, since, until: since + microsecondsPerDay, over: days * microsecondsPerDay };
}

/** Of a value the mean per day over some days. */
function meanOf(value: ValueRequest, name: string, from: number, count: number, days: number): ValueRequest {
  const { cap } = value;
  return {
    name,
    ...(typeof cap === "number" ? { cap: cap / count } : {}),
    terms: Array.from({ length: count }, (_, at) =>
      value.terms.map((term) => termOn(term, from + at, days, term.weight / count)),
    ).flat(),
  };
}

/**
 * The per-unit values of a metric in a stretch of time: its own, then its covariates.
 * @param metric  followed as far as the window asks
 * @param capOf   what the cap of a value by percentile came to, by the value's name
 */
export function timedValues(
  metric: MetricDefinition,
  metrics: readonly MetricDefinition[],
  window: TimeWindow,
  capOf: (name: string) => number | undefined,
): readonly ValueRequest[] {
  const asked = aggregatesOf(metric, metrics).flatMap((value): readonly ValueRequest[] => {
    const { cap, reason, ...rest } = value;
    const most = typeof cap === "number" ? cap : cap && capOf(value.name);
    return reason ? [] : [{ ...rest, ...(most === undefined ? {} : { cap: most }) }];
  });
  if (window.kind === "change") {
    const { days } = window;
    const count = thirdOf(days);
    return asked
      .filter(isOwn)
      .flatMap((value) => [
        meanOf(value, "first", 0, count, days),
        meanOf(value, "last", days - count, count, days),
      ]);
  }
  const timed = (term: AggregateRequest): AggregateRequest =>
    window.kind === "since"
      ? termOn(term, window.day, window.days)
      : { ...term, during: [window.from, window.to] };
  return asked.map((value) => (isOwn(value) ? { ...value, terms: value.terms.map(timed) } : value));
}
