import type { Dialect } from "./dialect.js";
import { epochMicroseconds, standard } from "./standard.js";

/** DuckDB's spelling. Sessions are expected to be in UTC. */
export const duckdbDialect: Dialect = {
  ...standard,
  name: "duckdb",
  double: (x) => `CAST(${x} AS DOUBLE)`,
  number(x, kind, strict = true) {
    if (kind === "number" || kind === "boolean") return `CAST(${x} AS DOUBLE)`;
    const cast = strict ? "CAST" : "TRY_CAST";
    const text = kind === "text" ? x : `CAST(${x} AS VARCHAR)`;
    return `CASE lower(${text}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 ELSE ${cast}(NULLIF(trim(${text}), '') AS DOUBLE) END`;
  },
  time(x, kind, strict = true) {
    if (kind === "time") return `epoch_us(${x})`;
    if (kind !== "text") return epochMicroseconds(`CAST(${x} AS DOUBLE)`);
    const cast = strict ? "CAST" : "TRY_CAST";
    const number = `TRY_CAST(${x} AS DOUBLE)`;
    // Two digits for month and day, as everywhere else; and DuckDB knows no time without seconds.
    const text = `CASE WHEN trim(${x}) LIKE '____-__-__%' THEN trim(${x}) ELSE NULLIF(trim(${x}), '') || '?' END`;
    const exact = String.raw`regexp_replace(${text}, '([T ]\d\d:\d\d)(Z|[+-].*)?$', '\1:00\2')`;
    const stamp = `coalesce(TRY_CAST(${text} AS TIMESTAMPTZ), ${cast}(${exact} AS TIMESTAMPTZ))`;
    return `CASE WHEN ${number} IS NOT NULL THEN ${epochMicroseconds(number)} ELSE epoch_us(${stamp}) END`;
  },
  first: (order, index) => `min({${order.map(({ x }, i) => `p${i}: ${x}`).join(", ")}}).p${index}`,
  bucket: (x, count) => `CAST(hash(${x}) % ${count} AS INTEGER)`,
};
