import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Quantity } from "../core/quantity.js";
import type { Comparison, Contrast, ReportMetric } from "./comparison.js";

/**
 * What a corrected comparison shows: `better` or `worse`; `held`: a guardrail stays within its margin; `unclear`: none
 * of them; `undefined`: there is no estimate to show it by.
 */
export type ComparisonOutcome = "better" | "worse" | "held" | "unclear" | "undefined";

/** One comparison as what findings and recommendations rest on. */
export interface Evidence {
  readonly metric: string;
  readonly role: MetricDefinition["role"];
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  readonly outcome: ComparisonOutcome;
  /** The guardrail's margin, a lift. */
  readonly margin?: number;
  readonly values: Comparison["values"];
  readonly difference: Estimate;
  readonly lift: Estimate;
}

/** +1 when more is better, −1 when less is. */
export function direction(metric: MetricDefinition): 1 | -1 {
  return metric.better === "lower" ? -1 : 1;
}

/**
 * Reads one corrected comparison: `better` or `worse` when its corrected p-value shows it; a guardrail with a
 * margin is `held` when its whole interval of lifts stays inside, and `worse` only when all of it lies beyond.
 */
export function outcomeOf(metric: MetricDefinition, { difference, lift }: Comparison): ComparisonOutcome {
  const estimate = difference.planned;
  if (estimate.status !== "ok") return "undefined";
  const shown = (estimate.pAdjusted ?? estimate.pValue) < 1 - estimate.level;
  const sign = direction(metric);
  const good = sign * estimate.value > 0;
  const margin = metric.role === "guardrail" ? (metric.margin ?? 0) : 0;
  if (shown && good) return "better";
  if (margin === 0) return shown ? "worse" : "unclear";
  if (lift.planned.status !== "ok") return "undefined";
  const ends = lift.planned.interval.map((end) => sign * end);
  if (Math.min(...ends) > -margin) return "held";
  return shown && Math.max(...ends) < -margin ? "worse" : "unclear";
}

/** @returns a corrected comparison with its outcome */
export function evidenceOf(metric: ReportMetric, comparison: Comparison): Evidence {
  const { contrast, values, difference, lift } = comparison;
  return {
    metric: metric.key,
    role: metric.role,
    quantity: metric.quantity,
    contrast,
    outcome: outcomeOf(metric, comparison),
    ...(metric.role === "guardrail" ? { margin: metric.margin ?? 0 } : {}),
    values,
    difference: difference.planned,
    lift: lift.planned,
  };
}
