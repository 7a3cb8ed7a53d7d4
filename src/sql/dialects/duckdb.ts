import { notFinitePattern, numeralPattern, timePattern } from "../../core/data-grammar.js";
import type { Dialect } from "./dialect.js";
import { epochMicroseconds, standard } from "./standard.js";

const spells = (x: string, pattern: string) => `regexp_full_match(${x}, ${standard.literal(pattern)}, 'i')`;
/** Fails on every row that is asked for it. */
const refused = (x: string, type: string) => `CAST(CAST(${x} AS VARCHAR) || '?' AS ${type})`;

/** As most texts are written: then nothing has to be done before the cast. */
const usualTime = String.raw`[1-9]\d{3}-\d\d-\d\d([T ]([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,9})?(Z|[+-](0\d|1[0-5])(:?[0-5]\d)?)?)?`;

/** A time of the grammar as DuckDB casts it: seconds told, no space before the zone. */
const castable = (text: string) =>
  [
    [" ?(Z|UTC)$", "Z"],
    ["^(.{16}.*) ([+-])", String.raw`\1\2`],
    [String.raw`^(.{10}.\d\d:\d\d)(Z|[+-].*)?$`, String.raw`\1:00\2`],
  ].reduce((x, [pattern, by]) => `regexp_replace(${x}, '${pattern}', '${by}')`, `upper(${text})`);

/** DuckDB's spelling. Sessions are expected to be in UTC. */
export const duckdbDialect: Dialect = {
  ...standard,
  name: "duckdb",
  double: (x) => `CAST(${x} AS DOUBLE)`,
  matches: spells,
  number(x, kind, strict = true) {
    if (kind === "number" || kind === "boolean") return `CAST(${x} AS DOUBLE)`;
    const given = kind === "text" ? x : `CAST(${x} AS VARCHAR)`;
    const cast = `TRY_CAST(${given} AS DOUBLE)`;
    // DuckDB's cast reads more than the grammar: 1_000, +-5, exponents of any length.
    const plain = ["_", "+-", "e", "E"].map((part) => `NOT contains(${given}, '${part}')`).join(" AND ");
    const text = standard.trimmed(given);
    const words = `WHEN lower(${text}) = 'true' THEN 1.0 WHEN lower(${text}) = 'false' THEN 0.0 WHEN ${spells(text, notFinitePattern)} THEN CAST('nan' AS DOUBLE)`;
    const numeral = `WHEN ${spells(text, numeralPattern)} THEN TRY_CAST(${text} AS DOUBLE)`;
    const other = strict ? refused(text, "DOUBLE") : "NULL";
    return `CASE WHEN ${cast} IS NOT NULL AND ${plain} THEN ${cast} WHEN ${text} IS NULL THEN NULL ${words} ${numeral} ELSE ${other} END`;
  },
  time(x, kind, strict = true) {
    if (kind === "time") return `epoch_us(${x})`;
    const other = strict ? refused(x, "BIGINT") : "NULL";
    if (kind !== "text") return epochMicroseconds(`CAST(${x} AS DOUBLE)`, other);
    const text = standard.trimmed(x);
    const stamp = (from: string) => `epoch_us(${strict ? "CAST" : "TRY_CAST"}(${from} AS TIMESTAMPTZ))`;
    const number = `TRY_CAST(${text} AS DOUBLE)`;
    return `CASE WHEN regexp_full_match(${x}, '${usualTime}') THEN ${stamp(x)} WHEN ${text} IS NULL THEN NULL WHEN ${spells(text, numeralPattern)} THEN ${epochMicroseconds(number, other)} WHEN ${spells(text, timePattern)} THEN ${stamp(castable(text))} ELSE ${other} END`;
  },
  date: (x) => `strftime(make_timestamp(${x}), '%Y-%m-%d')`,
  first: (order, index) => `min({${order.map(({ x }, i) => `p${i}: ${x}`).join(", ")}}).p${index}`,
  bucket: (x, count) => `CAST(hash(${x}) % ${count} AS INTEGER)`,
};
