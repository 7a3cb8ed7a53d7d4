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
  const mean = a.mean.map((own, i) => own + ((b.mean[i] ?? 0) - own) * share);
  if (!(a.distribution && b.distribution)) return { n, mean };
  return { n, mean, distribution: mergeDistributions(a.distribution, b.distribution) };
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

/** A number of units and their means, among such in one list of numbers; merges those of another list into them. */
function mergeInto(into: Float64Array, at: number, from: Float64Array, place: number, values: number): void {
  const other = from[place] ?? 0;
  if (other === 0) return;
  const own = into[at] ?? 0;
  const n = own + other;
  const share = own === 0 ? 1 : other / n;
  into[at] = n;
  for (let i = 1; i <= values; i++) {
    const mean = own === 0 ? 0 : (into[at + i] ?? 0);
    into[at + i] = mean + ((from[place + i] ?? 0) - mean) * share;
  }
}

/** `complements` of means, with all that comes between in lists of numbers. */
function otherMeans(list: readonly (Means | undefined)[]): readonly (Means | undefined)[] {
  if (list.some((each) => each?.distribution)) return complements(list, mergeMeans);
  const values = list.find((each) => each)?.mean.length ?? 0;
  const size = values + 1;
  const own = new Float64Array(list.length * size);
  list.forEach((each, at) => {
    own[at * size] = each?.n ?? 0;
    for (let i = 0; i < values; i++) own[at * size + 1 + i] = each?.mean[i] ?? 0;
  });
  const after = new Float64Array(list.length * size);
  for (let at = (list.length - 2) * size; at >= 0; at -= size) {
    after.copyWithin(at, at + size, at + 2 * size);
    mergeInto(after, at, own, at + size, values);
  }
  const before = new Float64Array(size);
  const rest = new Float64Array(size);
  return list.map((_, place): Means | undefined => {
    const at = place * size;
    rest.set(before);
    mergeInto(rest, 0, after, at, values);
    mergeInto(before, 0, own, at, values);
    const [n = 0, only = 0] = rest;
    return n > 0 ? { n, mean: values === 1 ? [only] : Array.from(rest.subarray(1)) } : undefined;
  });
}

/** @returns of each group, the strata of the units outside it, one per definition version */
function outside<T extends Means>(
  groups: readonly Group[],
  contrast: Contrast,
  versions: readonly number[],
  others: (list: readonly (T | undefined)[]) => readonly (T | undefined)[],
  of: (group: Group, version: number, variant: string) => T | undefined,
): readonly (readonly { readonly control: T; readonly treatment: T }[])[] {
  const rest: { control: T; treatment: T }[][] = groups.map(() => []);
  for (const version of versions) {
    const [controls, treatments] = contrast.map((variant) =>
      others(groups.map((group) => of(group, version, variant))),
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
    means: outside<Means>(groups, contrast, versions, otherMeans, of),
    strata(at) {
      all ??= outside(groups, contrast, versions, (list) => complements(list, mergeChecked), of);
      return all[at] ?? [];
    },
  };
}
