import type { Cells } from "../../core/cells.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import type { Moments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import { missingLevel } from "../../metrics/data/index.js";
import { metricTypeOf } from "../../metrics/index.js";
import { covariateFit } from "../../stats/adjustment/index.js";
import { type Clusters, mergeAll } from "../../stats/index.js";
import { weightedSum } from "../../stats/moments/index.js";

/** What of a unit a metric's value is made of, to first order, less what covariates explain of it. */
function weightsOf(
  metric: MetricDefinition,
  whole: Moments,
  adjusted: boolean,
): readonly number[] | undefined {
  const type = metricTypeOf(metric);
  const own = type.values(metric).length;
  const weights = type.weights(whole.mean.slice(0, own));
  if (!weights) return undefined;
  const slopes = adjusted ? covariateFit([[whole]], own).slopes : [];
  const covariates = whole.names
    .slice(own)
    .map((_, at) => weights.reduce((sum, weight, i) => sum - weight * (slopes[i]?.[at] ?? 0), 0));
  return [...weights, ...covariates];
}

/**
 * How large the clusters of some units are, and how alike a metric's units are within them: the analysis of variance's estimate.
 * @param cells     of one cluster each
 * @param adjusted  whether the metric is adjusted for its covariates
 * @returns undefined for fewer than two clusters, clusters of one unit each, or a metric that is not a weighted sum of values
 * @source Donner (1986), International Statistical Review 54
 */
export function clustersOf(
  metric: MetricDefinition,
  metricAt: number,
  { cells }: Cells,
  adjusted: boolean,
): Clusters | undefined {
  const byCluster = new Map<string, Moments[]>();
  for (const {
    levels: [level = missingLevel],
    moments,
  } of cells) {
    const own = moments[metricAt];
    if (!own || own.n === 0 || level === missingLevel) continue;
    const known = byCluster.get(level);
    if (known) known.push(own);
    else byCluster.set(level, [own]);
  }
  const clusters = [...byCluster.values()].map(mergeAll);
  const [k, n] = [clusters.length, clusters.reduce((sum, each) => sum + each.n, 0)];
  if (k < 2 || n === k) return undefined;
  const weights = weightsOf(metric, mergeAll(clusters), adjusted);
  if (!weights) return undefined;
  const sums = clusters.map((each) => weightedSum(each, weights, metric.key));
  const mean = sums.reduce((sum, each) => sum + each.n * (each.mean[0] ?? 0), 0) / n;
  const between = sums.reduce((sum, each) => sum + each.n * square((each.mean[0] ?? 0) - mean), 0) / (k - 1);
  const within = sums.reduce((sum, { comoment }) => sum + (comoment[0] ?? 0), 0) / (n - k);
  const squares = sums.reduce((sum, each) => sum + square(each.n), 0);
  const typical = (n - squares / n) / (k - 1);
  const all = between + (typical - 1) * within;
  if (!(all > 0)) return undefined;
  const size = n / k;
  return {
    size,
    correlation: Math.min(1, Math.max(0, (between - within) / all)),
    variation: Math.sqrt(Math.max(0, squares / k / square(size) - 1)),
  };
}
