import type { Moments } from "../core/moments.js";
import { type MetricStratum, metricTypeOf } from "../metrics/index.js";
import { mergeMoments } from "../stats/index.js";
import { type Asked, ask } from "./ask.js";
import type { CompareContext } from "./compare.js";
import { type Contrast, reading } from "./comparison.js";
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

/** @returns of each group, the strata of the units outside it, one per definition version */
function restStrata(
  groups: readonly Group[],
  metricAt: number,
  contrast: Contrast,
  versions: readonly number[],
): readonly (readonly MetricStratum[])[] {
  const rest: MetricStratum[][] = groups.map(() => []);
  for (const version of versions) {
    const [controls, treatments] = contrast.map((variant) =>
      complements(groups.map((group) => group.arms.get(version)?.get(variant)?.moments[metricAt])),
    );
    rest.forEach((strata, at) => {
      const [control, treatment] = [controls?.[at], treatments?.[at]];
      if (control && treatment && control.n >= 2 && treatment.n >= 2) strata.push({ control, treatment });
    });
  }
  return rest;
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
): readonly Asked[] {
  const { level, oneLook = level } = context;
  const rest = context.adaptive ? [] : restStrata(groups, metricAt, contrast, versions);
  return groups.map((group, at) => {
    const asked = ask(group, metricAt, contrast, context);
    const { comparison, metric, strata } = asked;
    const type = metricTypeOf(metric);
    const own = comparison.difference.fixed;
    const versusRest = (level: number) => type.apart(strata, rest[at] ?? [], { level });
    const planned = own.status === "ok" ? versusRest(level) : own;
    const fixed = own.status === "ok" && oneLook !== level ? versusRest(oneLook) : planned;
    const sides = [strata.map(({ control }) => control), strata.map(({ treatment }) => treatment)];
    const thin = !context.adaptive && sides.some((arms) => type.thin(arms));
    return {
      ...asked,
      versusRest,
      comparison: {
        ...comparison,
        versusRest: reading(planned, undefined, fixed),
        ...(thin ? { thin } : {}),
      },
    };
  });
}
