import { square } from "../../core/powers.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";

/** Clusters (shops, households, accounts) that are randomised whole. */
export interface Clusters {
  /** Units per cluster, on average, ≥ 1. */
  readonly size: number;
  /** Intra-cluster correlation of the metric: the share of its variance that lies between clusters, in [0, 1]. */
  readonly correlation: number;
  /** Standard deviation of the clusters' sizes over their mean, ≥ 0; default 0, all alike. */
  readonly variation?: number;
}

/** The keys of {@link Clusters}. */
export const clustersFields = {
  size: { kind: "number", atLeast: 1 },
  correlation: { kind: "number", atLeast: 0, atMost: 1 },
  variation: { kind: "number", atLeast: 0, optional: true },
} as const satisfies FieldsFor<Clusters>;

/**
 * How many times the units a test needs where whole clusters are randomised, for the same power.
 * @param clusters  their size, how alike their units are, how unequal the sizes are
 * @returns 1 + ((1 + variation²) × size − 1) × correlation; ≥ 1
 * @throws ExperimentError as `checkFields` within ["clusters"]
 * @source Eldridge, Ashby & Kerry (2006), International Journal of Epidemiology 35; Kish (1965) for equal sizes
 * @checked test/stats/design-effect.test.ts — simulated clusters
 * @example
 * designEffect({ size: 25, correlation: 0.05 }); // 2.2
 */
export function designEffect(clusters: Clusters): number {
  checkFields(clusters, clustersFields, ["clusters"]);
  return effectOf(clusters);
}

/** As {@link designEffect}, of clusters that were checked; 1 where units stand for themselves. */
export function effectOf(clusters: Clusters | undefined): number {
  if (!clusters) return 1;
  const { size, correlation, variation = 0 } = clusters;
  return 1 + Math.max(0, (1 + square(variation)) * size - 1) * correlation;
}
