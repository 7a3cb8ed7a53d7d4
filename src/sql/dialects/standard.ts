import { blanks, farthestTime } from "../../core/data-grammar.js";
import type { ColumnKind, Dialect } from "./dialect.js";

const quoted = (text: string, mark: string) => mark + text.replaceAll(mark, mark + mark) + mark;

const blankCodes = blanks.map((blank) => `chr(${blank.codePointAt(0)})`).join(" || ");

/** What most engines agree on; a dialect spreads it and writes only its difference. */
export const standard = {
  tail: "",
  identifier: (name: string) => quoted(name, '"'),
  literal: (text: string) => quoted(text, "'"),
  kind(type: string): ColumnKind {
    if (/\]$|^(struct|map|union|array|list)\b|^_/i.test(type)) return "nested";
    if (/^(var)?char|^text|^string|^enum/i.test(type)) return "text";
    if (/^bool/i.test(type)) return "boolean";
    if (/^(timestamp|datetime|date)/i.test(type)) return "time";
    return /^u?(tiny|small|big|huge)?int(eger|\d*)\b|^float|^double|^real|^decimal|^numeric/i.test(type)
      ? "number"
      : "other";
  },
  double: (x: string) => `CAST(${x} AS DOUBLE PRECISION)`,
  text(x: string, kind: ColumnKind): string {
    if (kind === "text") return `NULLIF(${x}, '')`;
    if (kind === "boolean") return `CASE WHEN ${x} THEN 'true' WHEN NOT ${x} THEN 'false' END`;
    const cast = `CAST(${x} AS VARCHAR)`;
    if (kind !== "number") return cast;
    return `CASE WHEN ${x} = floor(${x}) AND abs(${x}) < 1e18 THEN CAST(CAST(${x} AS BIGINT) AS VARCHAR) ELSE ${cast} END`;
  },
  label(x: string, kind: ColumnKind): string {
    return kind === "text" || kind === "number" ? x : standard.text(x, kind);
  },
  trimmed: (x: string) => `NULLIF(trim(${x}, ${blankCodes}), '')`,
  isFinite: (x: string) => `abs(${x}) <= 1.7976931348623157e308`,
  mean: (x: string) => `avg(${x})`,
  percentile: (x: string, share: number) => `percentile_disc(${share}) WITHIN GROUP (ORDER BY ${x})`,
  covariance: (a: string, b: string) => (a === b ? `var_pop(${a})` : `covar_pop(${a}, ${b})`),
} as const satisfies Partial<Dialect>;

/**
 * Seconds, milliseconds or microseconds since 1970, distinguished by size, as whole microseconds. `x` is a double.
 * @param otherwise  for what is no time: too far away, or not finite
 */
export const epochMicroseconds = (x: string, otherwise = "NULL"): string =>
  `CASE WHEN ${x} IS NULL THEN NULL WHEN abs(${x}) < 1e11 THEN CAST(floor(${x} * 1e6) AS BIGINT) WHEN abs(${x}) < 1e14 THEN CAST(floor(${x} * 1e3) AS BIGINT) WHEN abs(${x}) < ${farthestTime.toExponential()} THEN CAST(floor(${x}) AS BIGINT) ELSE ${otherwise} END`;
