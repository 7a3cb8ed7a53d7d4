import type { Dialect } from "./dialect.js";
import { standard } from "./standard.js";

/** Seconds, milliseconds or microseconds since 1970, told apart by size, as microseconds. */
const epoch = (x: string) =>
  `CAST(CASE WHEN abs(${x}) < 1e11 THEN ${x} * 1e6 WHEN abs(${x}) < 1e14 THEN ${x} * 1e3 ELSE ${x} END AS BIGINT)`;

/** DuckDB's spelling. Sessions are expected to be in UTC. */
export const duckdbDialect: Dialect = {
  ...standard,
  name: "duckdb",
  number(x, kind, strict = true) {
    if (kind === "number" || kind === "boolean") return `CAST(${x} AS DOUBLE)`;
    const cast = strict ? "CAST" : "TRY_CAST";
    const text = kind === "text" ? x : `CAST(${x} AS VARCHAR)`;
    return `CASE lower(${text}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 ELSE ${cast}(NULLIF(trim(${text}), '') AS DOUBLE) END`;
  },
  time(x, kind, strict = true) {
    if (kind === "time") return `epoch_us(${x})`;
    if (kind !== "text") return epoch(`CAST(${x} AS DOUBLE)`);
    const cast = strict ? "CAST" : "TRY_CAST";
    const number = `TRY_CAST(${x} AS DOUBLE)`;
    return `CASE WHEN ${number} IS NOT NULL THEN ${epoch(number)} ELSE epoch_us(${cast}(NULLIF(trim(${x}), '') AS TIMESTAMPTZ)) END`;
  },
  isFinite: (x) => `isfinite(${x})`,
  smallest: (parts) => `min({${parts.map((each, i) => `p${i}: ${each}`).join(", ")}})`,
  part: (row, index) => `${row}.p${index}`,
  bucket: (x, count) => `CAST(hash(${x}) % ${count} AS INTEGER)`,
};
