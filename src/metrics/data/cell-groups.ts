import { MomentsAccumulator } from "../../stats/index.js";
import type { Group } from "./assemble-cells.js";
import type { MetricColumns, ValueTerm } from "./columns.js";

/** A group under way; made by {@link CellGroups.group}. */
export interface OpenGroup {
  readonly variant: string;
  readonly version?: string;
  readonly levels: readonly string[];
  units: number;
  readonly accumulators: readonly MomentsAccumulator[];
}

/** Gathers units, one at a time, into groups of equal variant, version and levels. */
export class CellGroups {
  readonly #groups = new Map<string, OpenGroup>();
  readonly #metrics: readonly MetricColumns[];
  readonly #buffers: readonly number[][];

  constructor(metrics: readonly MetricColumns[]) {
    this.#metrics = metrics;
    this.#buffers = metrics.map(({ values }) => values.map(() => 0));
  }

  /** The group of such units, opened if it is the first. */
  group(variant: string, version: string | undefined, levels: readonly string[]): OpenGroup {
    const key = `${variant}\u0000${version}\u0000${levels.join("\u0000")}`;
    let group = this.#groups.get(key);
    if (!group) {
      const accumulators = this.#metrics.map(
        ({ names, third }) => new MomentsAccumulator(names, { m3: third, nonzero: third, max: third }),
      );
      group = { variant, ...(version === undefined ? {} : { version }), levels, units: 0, accumulators };
      this.#groups.set(key, group);
    }
    return group;
  }

  /** Takes one unit in; `values` are the per-unit values, null where missing (then it does not count in metrics made of it). */
  add(group: OpenGroup, values: ArrayLike<number | null>): void {
    group.units++;
    this.#metrics.forEach(({ values: wanted }, i) => {
      const buffer = this.#buffers[i] as number[];
      for (let j = 0; j < wanted.length; j++) {
        let sum = 0;
        for (const { at, weight } of wanted[j] as readonly ValueTerm[]) {
          const value = values[at];
          if (value === null || value === undefined) return;
          sum += weight * value;
        }
        buffer[j] = sum;
      }
      (group.accumulators[i] as MomentsAccumulator).push(buffer);
    });
  }

  /** The groups, closed. */
  *closed(): Generator<Group> {
    for (const { accumulators, ...group } of this.#groups.values())
      yield { ...group, moments: accumulators.map((each) => each.moments()) };
  }
}
