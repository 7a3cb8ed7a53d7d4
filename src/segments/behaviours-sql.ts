import { type Dialect, kindOf, type OpenRelation } from "../sql/index.js";
import { dayparts } from "./unit-habits.js";

/** Columns of the events, by what they hold. */
export type EventColumns = Readonly<Record<"unit" | "at" | "event", string>> &
  Readonly<Partial<Record<"amount" | "channel" | "discount", string>>>;

/** When units met their variant: microseconds since 1970 for all, or a relation with a row per unit. */
export type ExposuresSql =
  | number
  | { readonly relation: OpenRelation; readonly unit: string; readonly at: string };

const sixHours = 21_600_000_000;

/**
 * Queries over events, in parts that stand before each: what every unit did before its exposure, added up, and how many events
 * were left out. Times are microseconds since 1970.
 */
export function behavioursSql(
  dialect: Dialect,
  events: OpenRelation,
  { columns, exposures }: { readonly columns: EventColumns; readonly exposures: ExposuresSql },
): { readonly habits: string; readonly leftOut: string } {
  const read = (relation: OpenRelation, name: string, as: "text" | "time" | "number") =>
    dialect[as](dialect.identifier(name), kindOf(relation, name));
  const optional = (name: string | undefined, as: "text" | "number", none: string) =>
    name === undefined ? none : read(events, name, as);
  const told = `told AS (SELECT ${read(events, columns.unit, "text")} AS unit, ${read(events, columns.at, "time")} AS moment, ${read(events, columns.event, "text")} AS kind, ${optional(columns.amount, "number", dialect.double("NULL"))} AS amount, ${optional(columns.channel, "text", "CAST(NULL AS VARCHAR)")} AS channel, ${optional(columns.discount, "number", dialect.double("NULL"))} AS discount FROM ${events.sql})`;
  const exposed =
    typeof exposures === "number"
      ? `exposed AS (SELECT DISTINCT unit, CAST(${exposures} AS BIGINT) AS exposure FROM told)`
      : `exposed AS (SELECT unit, min(moment) AS exposure FROM (SELECT ${read(exposures.relation, exposures.unit, "text")} AS unit, ${read(exposures.relation, exposures.at, "time")} AS moment FROM ${exposures.relation.sql}) AS rows_of_units WHERE unit IS NOT NULL AND moment IS NOT NULL GROUP BY unit)`;
  const seen =
    "seen AS (SELECT told.*, exposure FROM told JOIN exposed ON told.unit = exposed.unit WHERE moment < exposure)";
  const sum = (what: string) =>
    `sum(CASE WHEN kind = ${dialect.literal("purchase")} THEN ${what} ELSE 0 END)`;
  const count = (kind: string) => `sum(CASE WHEN kind = ${dialect.literal(kind)} THEN 1 ELSE 0 END)`;
  const sums = `sums AS (SELECT unit, min(moment) AS first_at, max(CASE WHEN kind = ${dialect.literal("purchase")} THEN moment END) AS last_at, ${count("purchase")} AS purchases, ${count("visit")} AS visits, ${count("return")} AS returns, ${sum("CASE WHEN discount > 0 THEN 1 ELSE 0 END")} AS discounted, ${sum("coalesce(amount, 0)")} AS amount FROM seen GROUP BY unit)`;
  const part = `CASE ((CAST(floor(moment / ${sixHours}.0) AS BIGINT) % 4) + 4) % 4 ${dayparts.map((name, i) => `WHEN ${i} THEN ${dialect.literal(name)}`).join(" ")} END`;
  // The most frequent, of equally frequent ones the first by name.
  const first = dialect.first(
    [
      { x: "-n", kind: "number" },
      { x: "name", kind: "text" },
    ],
    1,
  );
  const most = (name: string, x: string) =>
    `${name} AS (SELECT unit, ${first} AS most FROM (SELECT unit, ${x} AS name, count(*) AS n FROM seen WHERE ${x} IS NOT NULL GROUP BY 1, 2) AS ${name}_counts GROUP BY unit)`;
  const all = [told, exposed, seen, sums, most("channels", "channel"), most("dayparts", part)];
  const only = typeof exposures === "number" ? " WHERE sums.unit IS NOT NULL" : "";
  return {
    habits: `WITH ${all.join(", ")} SELECT exposed.unit AS unit, exposure, first_at, last_at, coalesce(purchases, 0) AS purchases, coalesce(visits, 0) AS visits, coalesce(returns, 0) AS returns, coalesce(discounted, 0) AS discounted, coalesce(amount, 0) AS amount, channels.most AS channel, dayparts.most AS daypart FROM exposed LEFT JOIN sums ON sums.unit = exposed.unit LEFT JOIN channels ON channels.unit = exposed.unit LEFT JOIN dayparts ON dayparts.unit = exposed.unit${only}${dialect.tail}`,
    leftOut: `WITH ${told}, ${exposed} SELECT coalesce(sum(CASE WHEN moment >= exposure THEN 1 ELSE 0 END), 0) AS later, coalesce(sum(CASE WHEN exposure IS NULL THEN 1 ELSE 0 END), 0) AS unexposed, coalesce(sum(CASE WHEN moment IS NULL THEN 1 ELSE 0 END), 0) AS timeless FROM told LEFT JOIN exposed ON told.unit = exposed.unit${dialect.tail}`,
  };
}
