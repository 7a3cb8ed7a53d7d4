import { limits } from "../../core/limits.js";
import { overLimit } from "../../errors/index.js";
import { MomentsAccumulator } from "../../stats/index.js";
import type { Group } from "./assemble-cells.js";
import type { TailPart } from "./assemble-tails.js";
import type { MetricColumns } from "./per-unit-values.js";
import { stepOf, type TailPlan, tailPlans } from "./tail-steps.js";

/** Accumulators by step of a value; one list entry per plan. */
type OpenTails = readonly Map<number | undefined, MomentsAccumulator>[];

/** A group under way; made by {@link CellGroups.group}. */
export interface OpenGroup {
  readonly variant: string;
  readonly version?: string;
  readonly levels: readonly string[];
  units: number;
  /** Of clusters: how many units they hold. */
  members?: number;
  readonly accumulators: readonly MomentsAccumulator[];
  /** Shared by all groups of a variant and version. */
  readonly tails: OpenTails;
}

const accumulatorOf = ({ names, third, distribution }: MetricColumns): MomentsAccumulator =>
  new MomentsAccumulator(names, { m3: third, nonzero: third, max: third, distribution });

/** @returns whether none of a unit's values is missing; then they are in the buffer */
export function fillValues(
  buffer: number[],
  metric: MetricColumns,
  values: ArrayLike<number | null>,
): boolean {
  let to = 0;
  for (const [i, terms] of metric.values.entries()) {
    let sum = 0;
    for (const { at, weight } of terms) {
      const value = values[at];
      if (value === null || value === undefined) return false;
      sum += weight * value;
    }
    const cap = metric.caps[i];
    buffer[to++] = cap !== undefined && sum > cap ? cap : sum;
  }
  return true;
}

/** Gathers units, one at a time, into groups of equal variant, version and levels. */
export class CellGroups {
  readonly #groups = new Map<string, OpenGroup>();
  readonly #tails = new Map<
    string,
    { readonly variant: string; readonly version?: string; readonly tails: OpenTails }
  >();
  readonly #metrics: readonly MetricColumns[];
  readonly #buffers: readonly number[][];
  readonly #plans: readonly TailPlan[];
  #distinct = 0;

  /** @param tails  whether the heaviest units are wanted, too */
  constructor(metrics: readonly MetricColumns[], tails = false) {
    this.#metrics = metrics;
    this.#buffers = metrics.map(({ values }) => values.map(() => 0));
    this.#plans = tails ? tailPlans(metrics) : [];
  }

  #tailsOf(variant: string, version: string | undefined): OpenTails {
    const key = `${variant}\u0000${version}`;
    let own = this.#tails.get(key);
    if (!own) {
      const tails = this.#plans.map(() => new Map<number | undefined, MomentsAccumulator>());
      own = { variant, ...(version === undefined ? {} : { version }), tails };
      this.#tails.set(key, own);
    }
    return own.tails;
  }

  /** The group of such units, opened if it is the first. */
  group(variant: string, version: string | undefined, levels: readonly string[]): OpenGroup {
    const key = `${variant}\u0000${version}\u0000${levels.join("\u0000")}`;
    let group = this.#groups.get(key);
    if (!group) {
      const accumulators = this.#metrics.map(accumulatorOf);
      const tails = this.#tailsOf(variant, version);
      group = {
        variant,
        ...(version === undefined ? {} : { version }),
        levels,
        units: 0,
        accumulators,
        tails,
      };
      this.#groups.set(key, group);
      if (this.#groups.size > limits.groups.most)
        throw overLimit("groups", ["dimensions"], this.#groups.size);
    }
    return group;
  }

  /** Takes one unit in; `values` are the per-unit values, null where missing (then it does not count in metrics made of it); or a cluster's of so many `members`. */
  add(group: OpenGroup, values: ArrayLike<number | null>, members?: number): void {
    group.units++;
    if (members !== undefined) group.members = (group.members ?? 0) + members;
    this.#metrics.forEach((metric, i) => {
      const buffer = this.#buffers[i] as number[];
      if (!fillValues(buffer, metric, values)) return;
      const accumulator = group.accumulators[i] as MomentsAccumulator;
      const before = accumulator.distinct;
      accumulator.push(buffer);
      if (accumulator.distinct > before && ++this.#distinct > limits.values.most)
        throw overLimit("values", ["metrics", metric.key], this.#distinct);
      if (metric.third) this.#addTails(group, i, buffer);
    });
  }

  #addTails({ tails }: OpenGroup, metric: number, buffer: readonly number[]): void {
    this.#plans.forEach(({ metricAt, valueAt }, at) => {
      const steps = tails[at];
      const columns = this.#metrics[metric];
      if (metricAt !== metric || !steps || !columns) return;
      const step = stepOf(buffer[valueAt] ?? 0);
      let own = steps.get(step);
      if (!own) steps.set(step, (own = accumulatorOf(columns)));
      own.push(buffer);
    });
  }

  /** The groups, closed. */
  *closed(): Generator<Group> {
    for (const { accumulators, tails: _, ...group } of this.#groups.values())
      yield { ...group, moments: accumulators.map((each) => each.moments()) };
  }

  /** The heaviest units, by value and step. */
  *tails(): Generator<TailPart> {
    for (const { tails, ...own } of this.#tails.values())
      for (const [at, plan] of this.#plans.entries())
        for (const [step, accumulator] of tails[at] ?? [])
          yield { ...own, plan, step, moments: accumulator.moments() };
  }
}
