import type { Moments } from "../core/moments.js";
import { fewValues } from "./types/few-values.js";
import { type Means, type MetricType, metricTypes } from "./types/index.js";

/** Name of the value that counts a cluster's units. */
export const membersName = "members";

/** Name of the same among covariates, beside whose sums it is needed. */
export const sizeName = "covariate.members";

/** Fewer units with the event, or fewer without, say too little. */
const fewEvents = 10;
/** Of fewer clusters, the spread between them is known too badly to name a cell by it. */
const fewClusters = 30;
/** With fewer clusters that have the event, a share is not read as a normal mean. */
const plenty = 100;
const sparseReason = "a side has fewer than 100 clusters with the event";

const { value, sides, weights, unadjustable, sparse, linear, estimate, reads, apart, readsApart } =
  metricTypes.ratio;
const { stratified, levels } = metricTypes.ratio;
const answers = {
  ...{ value, sides, weights, unadjustable, sparse, linear, estimate, reads, apart, readsApart },
  ...{ stratified, levels },
};

function fewOnASide(arms: readonly Moments[]): boolean {
  let [clusters, units, events] = [0, 0, 0];
  for (const { n, mean } of arms) {
    clusters += n;
    events += n * (mean[0] ?? 0);
    units += n * (mean[1] ?? 0);
  }
  return clusters < fewClusters || Math.min(events, units - events) < fewEvents - 1e-6;
}

/**
 * A type read by cluster: its value is still that of a unit, a total over the clusters' units divided by how many they are, but
 * what varies by chance is the cluster. Ratios are totals over totals already.
 * @param type  the metric's own
 * @returns a type that takes moments of sums over clusters, the number of their units behind its own values
 * @source Deng, Knoblich & Lu (2018), KDD, "Applying the delta method in metric analytics"; of one arm and many clusters the
 *   cluster-robust variance of Liang & Zeger (1986), Biometrika 73
 */
export function clusteredType(type: MetricType): MetricType {
  if (type.joint) return type;
  const share = type.quantity === "fraction";
  return {
    ...type,
    ...answers,
    ...{ joint: true, third: true },
    values: (metric) => [...type.values(metric), { name: membersName, of: "count", source: {}, path: [] }],
    check: () => [],
    thin: share ? fewOnASide : fewValues,
    unadjustable: (arm: Means & Pick<Moments, "nonzero">) =>
      share && (arm.nonzero?.[0] ?? arm.n) < plenty ? sparseReason : unadjustable(arm),
  };
}
