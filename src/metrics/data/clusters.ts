import { membersName, sizeName } from "../clustered-type.js";
import type { Exclusions } from "./assemble-cells.js";
import { type CellGroups, fillValues } from "./cell-groups.js";
import type { MetricColumns } from "./per-unit-values.js";

/** Why units of clusters do not count. */
export const clusterReasons = { none: "missing_cluster", split: "cluster_in_two_variants" } as const;

/**
 * What metrics need of clusters: sums over their units, one after the other, each metric's followed by how many units have it.
 * A ratio's sums are all it needs.
 * @param metrics  as they are read of units, caps found
 */
export function clusteredColumns(metrics: readonly MetricColumns[]): readonly MetricColumns[] {
  let place = 0;
  return metrics.map((metric): MetricColumns => {
    const { names, own, outcomes, joint } = metric;
    const counted = !isRatio(metric);
    // Sums of covariates say little beside how many units they are of.
    const sized = names.length > outcomes ? [sizeName] : [];
    const wanted = [...names.slice(0, own), ...(counted ? [membersName] : []), ...names.slice(own), ...sized];
    const first = place;
    place += names.length + 1;
    const at = (name: string) => {
      const found = name === sizeName || (counted && name === membersName) ? -1 : names.indexOf(name);
      return first + (found < 0 ? names.length : found);
    };
    return {
      ...metric,
      names: wanted,
      values: wanted.map((name) => [{ at: at(name), weight: 1 }]),
      caps: wanted.map(() => undefined),
      percentiles: wanted.map(() => undefined),
      own: counted ? own + 1 : own,
      outcomes: counted ? outcomes + 1 : outcomes,
      joint: joint || counted,
      ...{ partial: true, third: true, heavy: false },
    };
  });
}

/** Whether it is one total over another, so that the clusters' sums are all it is made of. */
const isRatio = ({ own }: MetricColumns): boolean => own > 1;

/** Units of a cluster that agree in version and levels: sums of their values. */
interface Piece {
  readonly version: string | undefined;
  readonly levels: readonly string[];
  members: number;
  readonly sums: number[];
}

interface OpenCluster {
  readonly variant: string;
  split: boolean;
  members: number;
  readonly pieces: Map<string, Piece>;
}

/** A unit as it is put into its cluster. */
export interface ClusteredUnit {
  readonly cluster: string;
  readonly variant: string;
  readonly version: string | undefined;
  readonly levels: readonly string[];
  readonly values: ArrayLike<number | null>;
}

/** Gathers units into their clusters, and these into groups of cells. */
export class Clusters {
  readonly #clusters = new Map<string, OpenCluster>();
  readonly #metrics: readonly MetricColumns[];
  readonly #excluded: Exclusions;

  /** @param metrics  as they are read of units, caps found */
  constructor(metrics: readonly MetricColumns[], excluded: Exclusions) {
    this.#metrics = metrics;
    this.#excluded = excluded;
  }

  /** Takes one unit of a variant of the definition in. */
  add({ cluster, variant, version, levels, values }: ClusteredUnit): void {
    if (cluster === "") {
      this.#excluded.add(clusterReasons.none);
      return;
    }
    let own = this.#clusters.get(cluster);
    if (!own) {
      own = { variant, split: false, members: 0, pieces: new Map() };
      this.#clusters.set(cluster, own);
    }
    own.split ||= own.variant !== variant;
    own.members++;
    const key = `${version}\u0000${levels.join("\u0000")}`;
    let piece = own.pieces.get(key);
    if (!piece) {
      const size = this.#metrics.reduce((sum, { names }) => sum + names.length + 1, 0);
      own.pieces.set(key, (piece = { version, levels, members: 0, sums: new Array<number>(size).fill(0) }));
    }
    piece.members++;
    const buffer: number[] = [];
    let place = 0;
    for (const metric of this.#metrics) {
      const size = metric.names.length;
      if (fillValues(buffer, metric, values)) {
        for (let i = 0; i < size; i++)
          piece.sums[place + i] = (piece.sums[place + i] ?? 0) + (buffer[i] ?? 0);
        piece.sums[place + size] = (piece.sums[place + size] ?? 0) + 1;
      }
      place += size + 1;
    }
  }

  /**
   * Puts the clusters that are in one variant into groups; the others are left out and counted.
   * @param groups  of {@link clusteredColumns}
   * @returns of each dimension, how many clusters are in several of its levels
   */
  close(groups: CellGroups, dimensions: number): readonly number[] {
    const repeated = new Array<number>(dimensions).fill(0);
    for (const { variant, split, members, pieces } of this.#clusters.values()) {
      if (split) {
        this.#excluded.add(clusterReasons.split, members);
        continue;
      }
      const [first, ...others] = [...pieces.values()];
      for (let i = 0; i < dimensions; i++)
        if (others.some(({ levels }) => levels[i] !== first?.levels[i])) repeated[i] = (repeated[i] ?? 0) + 1;
      for (const piece of pieces.values())
        groups.add(groups.group(variant, piece.version, piece.levels), this.#known(piece), piece.members);
    }
    return repeated;
  }

  /** A piece's sums, null of metrics that none of its units has. */
  #known({ sums }: Piece): readonly (number | null)[] {
    const known: (number | null)[] = [...sums];
    let place = 0;
    for (const { names } of this.#metrics) {
      const size = names.length;
      if (sums[place + size] === 0) known.fill(null, place, place + size + 1);
      place += size + 1;
    }
    return known;
  }
}
