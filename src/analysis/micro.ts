import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Moments } from "../core/moments.js";
import { mergeMoments } from "../stats/index.js";
import { normalTail, symmetricEstimate } from "../stats/inference/index.js";
import { type CompareContext, compare, stratumOf } from "./compare.js";
import { type Comparison, type Contrast, reading } from "./comparison.js";
import type { Group } from "./cube.js";

/** @returns of each list of moments but one: the merge of all the others; by prefixes and suffixes, so linear */
function complements(list: readonly (Moments | undefined)[]): readonly (Moments | undefined)[] {
  const merge = (a: Moments | undefined, b: Moments | undefined) => (a && b ? mergeMoments(a, b) : (a ?? b));
  const before: (Moments | undefined)[] = [];
  const after: (Moments | undefined)[] = new Array(list.length);
  let left: Moments | undefined;
  let right: Moments | undefined;
  for (let at = 0; at < list.length; at++) {
    before.push(left);
    left = merge(left, list[at]);
  }
  for (let at = list.length - 1; at >= 0; at--) {
    after[at] = right;
    right = merge(right, list[at]);
  }
  return list.map((_, at) => merge(before[at], after[at]));
}

/** Effects among the units outside each group, averaged over versions by share; undefined where there is none. */
function restEffects(
  groups: readonly Group[],
  metric: MetricDefinition,
  metricAt: number,
  [control, treatment]: Contrast,
  versions: readonly number[],
): readonly ({ value: number; variance: number } | undefined)[] {
  const sums = groups.map(() => ({ units: 0, value: 0, variance: 0 }));
  for (const version of versions) {
    const sides = [control, treatment].map((variant) =>
      complements(groups.map((group) => group.arms.get(version)?.get(variant)?.moments[metricAt])),
    );
    sums.forEach((sum, at) => {
      const [a, b] = [sides[0]?.[at], sides[1]?.[at]];
      const stratum = a && b && a.n >= 2 && b.n >= 2 ? stratumOf(metric, a, b) : undefined;
      if (!stratum) return;
      const units = stratum.control.n + stratum.treatment.n;
      const variance = [stratum.control, stratum.treatment].reduce(
        (all, { n, m2 }) => all + m2 / (n - 1) / n,
        0,
      );
      sum.units += units;
      sum.value += units * (stratum.treatment.mean - stratum.control.mean);
      sum.variance += units * units * variance;
    });
  }
  return sums.map(({ units, value, variance }) =>
    units > 0 ? { value: value / units, variance: variance / units / units } : undefined,
  );
}

function versusRest(
  own: Estimate,
  rest: { value: number; variance: number } | undefined,
  level: number,
): Estimate {
  if (own.status !== "ok") return own;
  const method = "cell-minus-rest";
  if (!rest)
    return { status: "undefined", method, reason: "no units outside this cell to compare with", level };
  const error = Math.hypot(own.standardError, Math.sqrt(rest.variance));
  return symmetricEstimate(method, own.value - rest.value, error, normalTail, { level });
}

/**
 * Compares one contrast on one metric within each group of one grain.
 * @param groups all groups of the grain, so that a group's complement is everyone else
 * @returns one comparison per group, with `versusRest`, not yet corrected
 */
export function microComparisons(
  groups: readonly Group[],
  metricAt: number,
  contrast: Contrast,
  versions: readonly number[],
  context: CompareContext,
): readonly Comparison[] {
  const metric = context.metrics[metricAt] as MetricDefinition;
  const rest = context.adaptive ? [] : restEffects(groups, metric, metricAt, contrast, versions);
  return groups.map((group, at) => {
    const comparison = compare(group, metricAt, contrast, context);
    const apart = versusRest(comparison.difference.fixed, rest[at], context.level);
    return { ...comparison, versusRest: reading(apart) };
  });
}
