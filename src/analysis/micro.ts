import type { Moments } from "../core/moments.js";
import { type MetricStratum, metricTypeOf } from "../metrics/index.js";
import { mergeChecked } from "../stats/moments/index.js";
import { type Asked, ask } from "./ask.js";
import { type CompareContext, sideValue } from "./compare.js";
import type { Contrast } from "./comparison.js";
import type { Group } from "./cube.js";

/** @returns of each list of moments but one: the merge of all the others; by prefixes and suffixes, so linear */
function complements(list: readonly (Moments | undefined)[]): readonly (Moments | undefined)[] {
  const merge = (a: Moments | undefined, b: Moments | undefined) => (a && b ? mergeChecked(a, b) : (a ?? b));
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

/** A cell's comparison, and what is known of it before any correction. */
export interface AskedCell extends Asked {
  /** The strata of all units outside it. */
  readonly rest: readonly MetricStratum[];
  /** The difference among those units; undefined where they have none. */
  readonly elsewhere: number | undefined;
  readonly thin: boolean;
}

/**
 * Compares one contrast on one metric within each group of one grain.
 * @param groups all groups of the grain, so that a group's complement is everyone else
 * @returns one comparison per group, with the difference elsewhere, not yet corrected
 */
export function microComparisons(
  groups: readonly Group[],
  metricAt: number,
  contrast: Contrast,
  versions: readonly number[],
  context: CompareContext,
): readonly AskedCell[] {
  const outside = context.adaptive ? [] : restStrata(groups, metricAt, contrast, versions);
  return groups.map((group, at) => {
    const { comparison, metric, strata, reading } = ask(group, metricAt, contrast, context, false);
    const type = metricTypeOf(metric);
    const rest = outside[at] ?? [];
    const [control, treatment] = [sideValue(metric, rest, "control"), sideValue(metric, rest, "treatment")];
    const thin =
      !context.adaptive &&
      (type.thin(strata.map((stratum) => stratum.control)) ||
        type.thin(strata.map((stratum) => stratum.treatment)));
    const elsewhere = control === null || treatment === null ? undefined : treatment - control;
    return { comparison, metric, strata, reading, rest, elsewhere, thin };
  });
}
