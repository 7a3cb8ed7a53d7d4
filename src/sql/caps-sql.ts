import { type CapPlan, shareBelow } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";
import { type ResultRow, valueSql } from "./moments-sql.js";

/** A query for the caps that are percentiles, of all units in one pass. */
export interface CapsSql {
  readonly sql: string;
  /** @returns of each plan the value found; undefined where no unit has one */
  read(rows: readonly ResultRow[]): readonly (number | undefined)[];
}

/**
 * The query that finds caps which are percentiles.
 * @param plans  at least one
 * @param start  what the query begins with, up to its SELECT
 * @param units  the relation of all units that count, with values `x0`, `x1` …
 */
export function capsSql(plans: readonly CapPlan[], start: string, units: string, dialect: Dialect): CapsSql {
  const items = plans.map((plan, i) => {
    const x = valueSql(plan.terms, undefined, dialect);
    const own = plan.among === "nonzero" ? `CASE WHEN ${x} <> 0 THEN ${x} END` : x;
    return `${dialect.percentile(own, shareBelow(plan))} AS cap${i}`;
  });
  return {
    sql: `${start}SELECT ${items.join(", ")} FROM ${units}${dialect.tail}`,
    read: ([row]) =>
      plans.map((_, i) => {
        const value = row?.[`cap${i}`];
        return value === null || value === undefined ? undefined : Number(value);
      }),
  };
}
