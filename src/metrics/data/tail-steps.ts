import { powerOfTwo } from "../../core/powers.js";
import type { MetricColumns, ValueTerm } from "./per-unit-values.js";

/** A value whose heaviest units are kept apart, by its place among the metrics and within its metric. */
export interface TailPlan {
  readonly metricAt: number;
  readonly valueAt: number;
  readonly terms: readonly ValueTerm[];
  readonly cap: number | undefined;
}

/** @returns a plan for each value of each goal and guardrail of amounts or counts; each costs a query one more grouping */
export function tailPlans(metrics: readonly MetricColumns[]): readonly TailPlan[] {
  return metrics.flatMap(({ heavy, own, values, caps }, metricAt) =>
    heavy
      ? values.slice(0, own).map((terms, valueAt) => ({ metricAt, valueAt, terms, cap: caps[valueAt] }))
      : [],
  );
}

/** Half an octave; so that engines agree on powers of two, whose logarithm each rounds its own way, steps begin just below. */
export const stepsPerLog = 2 / Math.LN2;
export const stepShift = 1e-9;

/** @returns the step of a value, counted from that of 1; undefined for values that are not positive */
export function stepOf(value: number): number | undefined {
  return value > 0 ? Math.floor(Math.log(value) * stepsPerLog + stepShift) : undefined;
}

/** @returns the smallest value of a step */
export function stepFrom(step: number): number {
  const even = 2 * Math.floor(step / 2);
  return powerOfTwo(even / 2) * (step === even ? 1 : Math.SQRT2);
}
