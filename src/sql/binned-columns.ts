import type { Calendar } from "../core/data-mapping.js";
import { microsecondsPerDay } from "../core/period.js";
import { type Bin, edgeLevels, otherLevel } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";
import type { OpenRelation } from "./relation.js";
import { columnSql, respelledNumbers } from "./spell.js";

/** The level of a time in microseconds since 1970. */
function calendarSql(time: string, by: Calendar, dialect: Dialect): string {
  if (by === "month") return `substr(${dialect.date(time)}, 1, 7)`;
  if (by === "day") return dialect.date(time);
  const day = `CAST(floor((${time}) / ${microsecondsPerDay.toFixed(1)}) AS BIGINT)`;
  const weekday = `((${day} + 3) % 7 + 7) % 7`;
  return dialect.date(`(${time}) - (${weekday}) * ${microsecondsPerDay}`);
}

function binSql({ column, edges = [], keep, by }: Bin, relation: OpenRelation, dialect: Dialect): string {
  const { literal } = dialect;
  if (keep) {
    const text = columnSql(relation, column, "text", dialect);
    return `CASE WHEN ${text} IN (${keep.map(literal).join(", ")}) THEN ${text} WHEN ${text} IS NOT NULL THEN ${literal(otherLevel)} END`;
  }
  if (by) return calendarSql(columnSql(relation, column, "time", dialect), by, dialect);
  const number = columnSql(relation, column, "number", dialect);
  const levels = edgeLevels(edges);
  const below = edges.map(
    (edge, i) => `WHEN ${number} < ${dialect.double(String(edge))} THEN ${literal(levels[i] ?? "")}`,
  );
  const last = `WHEN ${number} IS NOT NULL THEN ${literal(levels.at(-1) ?? "")}`;
  return `CASE WHEN NOT ${dialect.isFinite(number)} THEN NULL ${below.join(" ")} ${last} END`;
}

/** @returns the relation with a column for each binned dimension */
export function binnedColumns(relation: OpenRelation, bins: readonly Bin[], dialect: Dialect): OpenRelation {
  if (bins.length === 0) return relation;
  const numbers = bins.filter(({ edges }) => edges).map(({ column }) => column);
  const base = respelledNumbers(relation, numbers, dialect, "essai bin number");
  const made = bins.map((bin) => `${binSql(bin, base, dialect)} AS ${dialect.identifier(bin.name)}`);
  return {
    ...relation,
    sql: `(SELECT *, ${made.join(", ")} FROM ${base.sql}) AS binned`,
    columns: [...relation.columns, ...bins.map(({ name }) => ({ name, kind: "text" as const }))],
  };
}
