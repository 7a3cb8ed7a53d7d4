import type { Moments } from "../core/moments.js";
import type { Means, MeansStratum, MetricStratum } from "../metrics/index.js";
import { mergeChecked, mergeDistributions } from "../stats/moments/index.js";
import type { Contrast } from "./comparison.js";
import type { Group } from "./cube.js";

function mergeMeans(a: Means, b: Means): Means {
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const share = b.n / n;
  if (a.mean.length === 1) {
    const own = a.mean[0] ?? 0;
    const mean = [own + ((b.mean[0] ?? 0) - own) * share];
    if (!(a.distribution && b.distribution)) return { n, mean };
    return { n, mean, distribution: mergeDistributions(a.distribution, b.distribution) };
  }
  return { n, mean: a.mean.map((own, i) => own + ((b.mean[i] ?? 0) - own) * share) };
}

/** @returns of each list but one: the merge of all the others; by prefixes and suffixes, so linear */
function complements<T>(
  list: readonly (T | undefined)[],
  mergeTwo: (a: T, b: T) => T,
): readonly (T | undefined)[] {
  const merge = (a: T | undefined, b: T | undefined) => (a && b ? mergeTwo(a, b) : (a ?? b));
  const before: (T | undefined)[] = [];
  const after: (T | undefined)[] = new Array(list.length);
  let left: T | undefined;
  let right: T | undefined;
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
function outside<T extends Means>(
  groups: readonly Group[],
  contrast: Contrast,
  versions: readonly number[],
  merge: (a: T, b: T) => T,
  of: (group: Group, version: number, variant: string) => T | undefined,
): readonly (readonly { readonly control: T; readonly treatment: T }[])[] {
  const rest: { control: T; treatment: T }[][] = groups.map(() => []);
  for (const version of versions) {
    const [controls, treatments] = contrast.map((variant) =>
      complements(
        groups.map((group) => of(group, version, variant)),
        merge,
      ),
    );
    rest.forEach((strata, at) => {
      const [control, treatment] = [controls?.[at], treatments?.[at]];
      if (control && treatment && control.n >= 2 && treatment.n >= 2) strata.push({ control, treatment });
    });
  }
  return rest;
}

/** The units outside each of some cells. */
export interface RestOfCells {
  /** Of each cell, one stratum of the other units per definition version, by their means. */
  readonly means: readonly (readonly MeansStratum[])[];
  /** The same with all moments: merged once somebody asks, as most cells are never tested against the rest. */
  strata(at: number): readonly MetricStratum[];
}

/** @param groups  all groups of the grain, so that a group's complement is everyone else */
export function restOfCells(
  groups: readonly Group[],
  metricAt: number,
  contrast: Contrast,
  versions: readonly number[],
): RestOfCells {
  const of = (group: Group, version: number, variant: string): Moments | undefined =>
    group.arms.get(version)?.get(variant)?.moments[metricAt];
  let all: readonly (readonly MetricStratum[])[] | undefined;
  return {
    means: outside<Means>(groups, contrast, versions, mergeMeans, of),
    strata(at) {
      all ??= outside(groups, contrast, versions, mergeChecked, of);
      return all[at] ?? [];
    },
  };
}
