import type { Cells } from "../core/cells.js";

/** Clusters that were compared in place of units: a variant was given to whole clusters. */
export interface ClustersRead {
  /** Column of the data that names the cluster. */
  readonly column: string;
  /** Clusters of all variants. */
  readonly clusters: number;
  /** Units that they hold. */
  readonly units: number;
}

/** @returns the clusters of the whole experiment; undefined where units stand for themselves */
export function clustersIn({ cluster, cells, grains = [] }: Cells): ClustersRead | undefined {
  if (cluster === undefined) return undefined;
  const whole = grains.find(({ dimensions }) => dimensions.length === 0)?.cells ?? cells;
  const total = (of: (cell: Cells["cells"][number]) => number) =>
    whole.reduce((sum, cell) => sum + of(cell), 0);
  return {
    column: cluster,
    clusters: total(({ units }) => units),
    units: total(({ units, members = units }) => members),
  };
}
