import { limits } from "../core/limits.js";
import type { CountedValue, MetricColumns } from "../metrics/data/index.js";
import type { Dialect } from "./dialects/index.js";
import { type ResultRow, valueSql } from "./moments-sql.js";

/**
 * A query for how many units of each group have which value, of all metrics of which that is wanted.
 * @param group  columns that units of a group agree in
 * @param start  what the query begins with, up to its SELECT
 * @param units  the relation of all units that count, with values `x0`, `x1` …
 * @returns undefined where no metric wants it
 */
export function countsSql(
  metrics: readonly MetricColumns[],
  group: readonly string[],
  start: string,
  units: string,
  dialect: Dialect,
): string | undefined {
  const parts = metrics.flatMap(({ distribution, values: [terms], caps: [cap] }, at) => {
    if (!distribution || !terms) return [];
    const own = [...group, `${at} AS counted`, `${valueSql(terms, cap, dialect)} AS x`];
    return [`SELECT ${own.join(", ")} FROM ${units}`];
  });
  if (parts.length === 0) return undefined;
  const keys = [...group, "counted", "x"].join(", ");
  return `${start}SELECT ${keys}, count(*) AS units FROM (${parts.join(" UNION ALL ")}) AS counts
WHERE x IS NOT NULL
GROUP BY ${keys}
LIMIT ${limits.values.most + 1}${dialect.tail}`;
}

/** @returns what a row says of a value's units; undefined for a row of another query */
export function readCount(row: ResultRow): Pick<CountedValue, "metricAt" | "value" | "units"> | undefined {
  const { counted, x, units } = row;
  return counted === undefined
    ? undefined
    : { metricAt: Number(counted), value: Number(x), units: Number(units) };
}
