import type { Condition } from "../../core/condition.js";

/** A group of units. */
export interface UnitGroup {
  readonly name: string;
  readonly units: number;
  /** Means of the attributes there, over the units whose value is known; null where none is. */
  readonly means: Readonly<Record<string, number | null>>;
}

/** Groups that units were put in, each told by a condition: for `segments` of a definition, and to be searched as an attribute. */
export interface UnitGroups {
  /** By name, whom a group is. */
  readonly segments: Readonly<Record<string, Condition>>;
  /** The group of each unit, in the order of the lists. */
  readonly of: readonly string[];
  /** The largest first. */
  readonly groups: readonly UnitGroup[];
}

type Numbers = ArrayLike<number | null | undefined>;

export const isKnown = (value: number | null | undefined): value is number =>
  typeof value === "number" && !Number.isNaN(value);

/**
 * Units by group, with what they are on average.
 * @param conditionOf  of a group, by its name
 */
export function groupedUnits(
  of: readonly string[],
  attributes: Readonly<Record<string, Numbers>>,
  conditionOf: (name: string) => Condition,
): UnitGroups {
  const counts = new Map<string, number>();
  for (const name of of) counts.set(name, (counts.get(name) ?? 0) + 1);
  const sums = Object.entries(attributes).map(([attribute, values]) => {
    const totals = new Map<string, { sum: number; known: number }>();
    for (const [i, name] of of.entries()) {
      const value = values[i];
      if (!isKnown(value)) continue;
      const total = totals.get(name);
      if (total) {
        total.sum += value;
        total.known++;
      } else totals.set(name, { sum: value, known: 1 });
    }
    return [attribute, totals] as const;
  });
  const groups = [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([name, units]) => {
      const mean = (totals: ReadonlyMap<string, { sum: number; known: number }>) => {
        const total = totals.get(name);
        return total ? total.sum / total.known : null;
      };
      return { name, units, means: Object.fromEntries(sums.map(([key, totals]) => [key, mean(totals)])) };
    });
  return { segments: Object.fromEntries(groups.map(({ name }) => [name, conditionOf(name)])), of, groups };
}
