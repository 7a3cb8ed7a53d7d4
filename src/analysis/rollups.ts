import type { Cell } from "../core/cells.js";
import type { Moments } from "../core/moments.js";
import { MergedMoments } from "../stats/moments/index.js";
import type { Cube, Group } from "./cube.js";

function byLevel(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isFinite(difference) && difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An arm that cells are still being merged into. */
interface GrowingArm {
  units: number;
  readonly moments: Moments[];
  /** Of each metric, once there are two cells to merge. */
  readonly merged: MergedMoments[];
}

interface GrowingGroup {
  readonly levels: readonly string[];
  readonly cell: Readonly<Record<string, string>>;
  readonly arms: Map<number, Map<string, GrowingArm>>;
}

function add(group: GrowingGroup, { definitionVersion, variant, units, moments }: Cell): void {
  const variants = group.arms.get(definitionVersion) as Map<string, GrowingArm>;
  const arm = variants.get(variant);
  if (!arm) {
    variants.set(variant, { units, moments: [...moments], merged: [] });
    return;
  }
  arm.units += units;
  for (let at = 0; at < moments.length; at++) {
    const merged = (arm.merged[at] ??= new MergedMoments(arm.moments[at] as Moments));
    arm.moments[at] = merged.add(moments[at] as Moments);
  }
}

/**
 * Merges the cube's cells over every dimension but the ones kept.
 * @param whole  the cube; of data read by cluster a grain is taken as it was read
 * @param kept dimensions to keep; none of them gives the macro grain, one group
 * @returns one group a combination of levels that occurs, sorted by level
 */
export function rollup(whole: Cube, kept: readonly string[]): readonly Group[] {
  const cube = whole.grains?.get(JSON.stringify(kept)) ?? whole;
  const places = kept.map((dimension) => cube.dimensions.indexOf(dimension));
  const groups = new Map<string, GrowingGroup>();
  for (const cell of cube.cells) {
    const levels = places.map((place) => cell.levels[place] as string);
    const [only] = levels;
    const key = only !== undefined && levels.length === 1 ? only : JSON.stringify(levels);
    let group = groups.get(key);
    if (!group) {
      const named = Object.fromEntries(kept.map((dimension, at) => [dimension, levels[at] as string]));
      const arms = new Map(cube.versions.map((version) => [version, new Map<string, GrowingArm>()] as const));
      groups.set(key, (group = { levels, cell: named, arms }));
    }
    add(group, cell);
  }
  return [...groups.values()].sort((a, b) => {
    const first = a.levels.findIndex((level, at) => level !== b.levels[at]);
    return first < 0 ? 0 : byLevel(a.levels[first] as string, b.levels[first] as string);
  });
}
