import type { Relation } from "../core/data-mapping.js";
import type { FieldsFor } from "../shapes/index.js";
import type { OpenRelation } from "../sql/index.js";
import type { Engine, QueryOptions } from "./engine.js";

/** How units are split over queries. */
export interface SplitOptions {
  /**
   * Number of queries the units are split over, by the hash of the unit: less memory, the same result. Default: by the
   * number of rows, where the engine knows it, else one.
   */
  readonly buckets?: number;
}

/** The keys of {@link SplitOptions}. */
export const splitFields = {
  buckets: { kind: "number", whole: true, atLeast: 1, optional: true },
} as const satisfies FieldsFor<SplitOptions>;

/**
 * Rows of one bucket. The number depends on the data only, never on threads or memory, as sums end in other digits in
 * other buckets; and a bucket of units is small enough not to go to disk at the least memory that is supported.
 */
const rowsOfOne = { units: 1_000_000, events: 5_000_000 } as const;

/** A relation to be read several times, and how many rows it has, as far as that is known. */
export interface Packed {
  readonly relation: OpenRelation;
  readonly size: number;
}

/** Makes a relation quick to read several times, and counts its rows. */
export async function packed(
  engine: Engine,
  relation: Relation,
  open: OpenRelation,
  columns: readonly string[],
  options: QueryOptions,
): Promise<Packed> {
  const copy = await engine.pack?.(relation, open, columns, options);
  if (copy === undefined || copy === open)
    return { relation: open, size: (await engine.size?.(relation)) ?? 0 };
  const [row] = await engine.query(`SELECT count(*) AS n FROM ${copy.sql}`, options);
  return { relation: copy, size: Number(row?.n ?? 0) };
}

/** @returns how many queries the units are split over */
export function bucketsOf(sizes: { readonly units: number; readonly events?: number }): number {
  const { units, events = 0 } = sizes;
  return Math.max(1, Math.ceil(units / rowsOfOne.units), Math.ceil(events / rowsOfOne.events));
}
