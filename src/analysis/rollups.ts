import type { Cell } from "../core/cells.js";
import type { Moments } from "../core/moments.js";
import { mergeAll } from "../stats/index.js";
import type { Cube, CubeArm, Group } from "./cube.js";

function byLevel(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isFinite(difference) && difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}

function merged(cells: readonly Cell[], metrics: number): CubeArm {
  return {
    units: cells.reduce((sum, cell) => sum + cell.units, 0),
    moments: Array.from({ length: metrics }, (_, at) =>
      mergeAll(cells.map((cell) => cell.moments[at] as Moments)),
    ),
  };
}

/**
 * Merges the cube's cells over every dimension but the ones kept.
 * @param kept dimensions to keep; none of them gives the macro grain, one group
 * @returns one group a combination of levels that occurs, sorted by level
 */
export function rollup(cube: Cube, kept: readonly string[]): readonly Group[] {
  const at = kept.map((dimension) => cube.dimensions.indexOf(dimension));
  const groups = new Map<string, { levels: string[]; arms: Map<number, Map<string, Cell[]>> }>();
  for (const cell of cube.cells) {
    const levels = at.map((index) => cell.levels[index] as string);
    const key = JSON.stringify(levels);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { levels, arms: new Map() }));
    let version = group.arms.get(cell.definitionVersion);
    if (!version) group.arms.set(cell.definitionVersion, (version = new Map()));
    const arm = version.get(cell.variant);
    if (arm) arm.push(cell);
    else version.set(cell.variant, [cell]);
  }
  const sorted = [...groups.values()].sort((a, b) => {
    const first = a.levels.findIndex((level, index) => level !== b.levels[index]);
    return first < 0 ? 0 : byLevel(a.levels[first] as string, b.levels[first] as string);
  });
  return sorted.map(({ levels, arms }) => ({
    cell: Object.fromEntries(kept.map((dimension, index) => [dimension, levels[index] as string])),
    arms: new Map(
      cube.versions
        .filter((version) => arms.has(version))
        .map((version) => [
          version,
          new Map(
            [...(arms.get(version) as Map<string, Cell[]>)].map(([variant, cells]) => [
              variant,
              merged(cells, cube.metrics.length),
            ]),
          ),
        ]),
    ),
  }));
}
