import type { MetricDefinition } from "../../core/metric-definition.js";

/** Keys of the metrics that lead to this one, the first step first: revenue because of buyers, and these because of orders. */
export const reasons = {
  kind: "list",
  of: { kind: "text" },
  atLeast: 1,
  atMost: 4,
  optional: true,
} as const;

/** @returns keys of the metrics that lead to this one; empty where it names none */
export function reasonsOf(
  metric: MetricDefinition & { readonly reasons?: readonly string[] },
): readonly string[] {
  return metric.reasons ?? [];
}
