import type { Cells } from "../core/cells.js";
import type { Heterogeneity } from "./comparison.js";

/** @returns by dimension, how many units were met in several of its levels, and their share of all units */
export function repeatedShares({
  cells,
  repeated = [],
}: Cells): Readonly<Record<string, NonNullable<Heterogeneity["repeated"]>>> {
  const all = cells.reduce((sum, { units }) => sum + units, 0);
  return Object.fromEntries(
    repeated.flatMap(({ dimension, units, counted }) => {
      // Whoever counts in each of several levels is among the units twice or more.
      const share = units / (counted === "each" ? Math.max(units, all - units) : all);
      return units > 0 ? [[dimension, { units, share, counted }]] : [];
    }),
  );
}
