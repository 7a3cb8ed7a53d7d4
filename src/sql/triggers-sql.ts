import type { EventsColumns } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";
import { kindOf, type OpenRelation } from "./relation.js";
import { columnSql } from "./spell.js";

/** Relations between `exposed`, one row per unit, and `s`, those of them that met the trigger, from then on. */
export interface TriggersSql {
  /** @returns `triggering AS (…), s AS (…)` */
  from(share: string): string;
  /** The query for all units, behind the relations. */
  all(version: string | undefined): string;
}

/**
 * Units that met the trigger at or after their first exposure.
 * @param carried  columns of `exposed` besides unit, variant, two and t
 * @returns undefined where no trigger is asked for
 */
export function triggersSql(
  exposures: OpenRelation,
  events: OpenRelation,
  { trigger, exposures: { unit: seen }, events: done }: EventsColumns,
  carried: readonly string[],
  dialect: Dialect,
): TriggersSql | undefined {
  if (trigger === undefined) return undefined;
  const as = kindOf(exposures, seen) === kindOf(events, done.unit) ? "id" : "text";
  const columns = ["unit", "variant", "two", ...carried].map((name) => `exposed.${name}`);
  return {
    // Each relation once: joined as they are, a planner without statistics reads events again for every unit.
    from: (share) => `happening AS MATERIALIZED (
  SELECT * FROM (SELECT ${columnSql(events, done.event, "text", dialect)} AS event, ${columnSql(events, done.unit, as, dialect)} AS unit, ${columnSql(events, done.at, "time", dialect)} AS t FROM ${events.sql}) AS happened
  WHERE event = ${dialect.literal(trigger)}${share}
), triggering AS MATERIALIZED (
  SELECT exposed.unit AS unit, min(happening.t) AS t
  FROM exposed JOIN happening ON happening.unit = exposed.unit AND happening.t >= exposed.t
  GROUP BY exposed.unit
), s AS MATERIALIZED (
  SELECT ${columns.join(", ")}, triggering.t AS t FROM exposed JOIN triggering ON triggering.unit = exposed.unit
)`,
    all: (
      version,
    ) => `SELECT variant, ${version ?? "''"} AS version, two, count(*) AS units, count(triggering.unit) AS triggered
FROM exposed LEFT JOIN triggering ON triggering.unit = exposed.unit
GROUP BY variant, ${version === undefined ? "" : `${version}, `}two${dialect.tail}`,
  };
}
