import type { ColumnKind, Dialect } from "./dialect.js";

const quoted = (text: string, mark: string) => mark + text.replaceAll(mark, mark + mark) + mark;

/** What most engines agree on; a dialect spreads it and writes only its difference. */
export const standard = {
  identifier: (name: string) => quoted(name, '"'),
  literal: (text: string) => quoted(text, "'"),
  kind(type: string): ColumnKind {
    if (/^(var)?char|^text|^string|^enum/i.test(type)) return "text";
    if (/^bool/i.test(type)) return "boolean";
    if (/^(timestamp|datetime|date)/i.test(type)) return "time";
    return /^u?(tiny|small|big|huge)?int|^float|^double|^real|^decimal|^numeric/i.test(type)
      ? "number"
      : "other";
  },
  text(x: string, kind: ColumnKind): string {
    if (kind === "text") return `NULLIF(${x}, '')`;
    const cast = `CAST(${x} AS VARCHAR)`;
    if (kind !== "number") return cast;
    return `CASE WHEN ${x} = floor(${x}) AND abs(${x}) < 1e18 THEN CAST(CAST(${x} AS BIGINT) AS VARCHAR) ELSE ${cast} END`;
  },
} as const satisfies Partial<Dialect>;
