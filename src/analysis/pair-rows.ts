import type { MetricDefinition } from "../core/metric-definition.js";
import type { Evidence, Row } from "./report.js";

/** Both scales of one comparison. */
export interface RowPair {
  readonly difference: Row;
  readonly lift: Row;
}

/** @returns rows paired by comparison; rows come as the analysis makes them, a difference followed by its lift */
export function pairRows(rows: readonly Row[]): readonly RowPair[] {
  const pairs: RowPair[] = [];
  for (let at = 0; at + 1 < rows.length; at += 2)
    pairs.push({ difference: rows[at] as Row, lift: rows[at + 1] as Row });
  return pairs;
}

/** +1 when more is better, −1 when less is. */
export function direction(metric: MetricDefinition): 1 | -1 {
  return metric.better === "lower" ? -1 : 1;
}

/**
 * Reads one corrected comparison: `better` or `worse` when its corrected p-value shows it; a guardrail with a
 * margin is `held` when its whole interval of lifts stays inside, and `worse` only when all of it lies beyond.
 */
export function outcomeOf(metric: MetricDefinition, { difference, lift }: RowPair): Evidence["outcome"] {
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
