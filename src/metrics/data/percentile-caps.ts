import type { FoundCap } from "../../core/cells.js";
import { errorOf, percentile_at_zero, problem } from "../../errors/index.js";
import type { PercentileCap } from "../settings/index.js";
import type { MetricColumns, ValueTerm } from "./per-unit-values.js";

/** A value whose cap is a percentile, by its place among the metrics and within its metric. */
export interface CapPlan extends PercentileCap {
  readonly metricAt: number;
  readonly valueAt: number;
  readonly terms: readonly ValueTerm[];
}

/** @returns a plan for each value whose cap is yet to be found */
export function capPlans(metrics: readonly MetricColumns[]): readonly CapPlan[] {
  return metrics.flatMap(({ values, percentiles }, metricAt) =>
    values.flatMap((terms, valueAt) => {
      const cap = percentiles[valueAt];
      return cap ? [{ ...cap, metricAt, valueAt, terms }] : [];
    }),
  );
}

/**
 * The share of values that the cap is at least as large as. A little less than the percentile says, so that no engine's
 * rounding decides which value that is.
 */
export const shareBelow = ({ percentile }: PercentileCap): number =>
  Number((percentile / 100 - 1e-10).toFixed(10));

/** The values of all units of which caps are percentiles. */
export class CapValues {
  readonly #plans: readonly CapPlan[];
  readonly #values: readonly number[][];

  constructor(plans: readonly CapPlan[]) {
    this.#plans = plans;
    this.#values = plans.map(() => []);
  }

  /** Takes one unit in; `values` are the per-unit values, null where missing. */
  add(values: ArrayLike<number | null>): void {
    for (const [i, { terms, among }] of this.#plans.entries()) {
      let sum: number | undefined = 0;
      for (const { at, weight } of terms) {
        const value = values[at];
        if (value === null || value === undefined) sum = undefined;
        else if (sum !== undefined) sum += weight * value;
      }
      if (sum !== undefined && (among !== "nonzero" || sum !== 0)) this.#values[i]?.push(sum);
    }
  }

  /** @returns of each plan the smallest value that is at least as large as that share of all; undefined without values */
  found(): readonly (number | undefined)[] {
    return this.#plans.map((plan, i) => {
      const sorted = Float64Array.from(this.#values[i] ?? []).sort();
      return sorted[Math.max(1, Math.ceil(shareBelow(plan) * sorted.length)) - 1];
    });
  }
}

/** Metrics with every cap a number, and what was found. */
export interface CappedMetrics {
  readonly metrics: readonly MetricColumns[];
  readonly caps: readonly FoundCap[];
}

/**
 * Puts what was found in the place of percentiles. A covariate whose percentile is not above zero stays as it is.
 * @param plans  of these metrics
 * @param found  of each plan; undefined where there was no value to cap
 * @throws ExperimentError `percentile_at_zero` at ["metrics", key, "cap", "percentile"] where a metric's own cap is not
 *   above zero
 */
export function withCaps(
  metrics: readonly MetricColumns[],
  plans: readonly CapPlan[],
  found: readonly (number | undefined)[],
): CappedMetrics {
  const foundAt = (metricAt: number, valueAt: number) => {
    const cap = found[plans.findIndex((each) => each.metricAt === metricAt && each.valueAt === valueAt)];
    return cap !== undefined && Number.isFinite(cap) ? cap : undefined;
  };
  const problems = plans.flatMap(({ metricAt, valueAt, percentile, among = "all" }) => {
    const [metric, cap] = [metrics[metricAt], foundAt(metricAt, valueAt)];
    return metric && cap !== undefined && cap <= 0 && valueAt < metric.own
      ? [
          problem({ percentile_at_zero }, ["metrics", metric.key, "cap", "percentile"], percentile, {
            ...(among === "all" ? { example: `{"percentile": ${percentile}, "among": "nonzero"}` } : {}),
          }),
        ]
      : [];
  });
  if (problems.length > 0) throw errorOf(problems);
  const positive = (metricAt: number, valueAt: number) => {
    const cap = foundAt(metricAt, valueAt);
    return cap !== undefined && cap > 0 ? cap : undefined;
  };
  return {
    metrics: metrics.map((metric, metricAt) => ({
      ...metric,
      caps: metric.caps.map((cap, valueAt) => cap ?? positive(metricAt, valueAt)),
      percentiles: metric.percentiles.map(() => undefined),
    })),
    caps: plans.flatMap(({ metricAt, valueAt, percentile, among = "all" }) => {
      const [metric, cap] = [metrics[metricAt], positive(metricAt, valueAt)];
      return metric && cap !== undefined
        ? [{ metric: metric.key, value: metric.names[valueAt] ?? "", percentile, among, cap }]
        : [];
    }),
  };
}
