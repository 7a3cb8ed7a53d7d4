import { notFinitePattern, numeralPattern, timePattern } from "../../core/data-grammar.js";
import type { Dialect } from "./dialect.js";
import { epochMicroseconds, standard } from "./standard.js";

const double = standard.double;
const spells = (x: string, pattern: string) => `${x} ~* ${standard.literal(`^(${pattern})$`)}`;

/** Of a text that is a numeral, what is too large for a double being infinite, as everywhere else. */
const ofNumeral = (text: string) => {
  const exact = `CAST(${text} AS NUMERIC)`;
  return `CASE WHEN abs(${exact}) > 1.7976931348623157e308 THEN ${double("'Infinity'")} WHEN abs(${exact}) < 1e-300 THEN ${double("0")} ELSE ${double(text)} END`;
};

/** Fails on every row that is asked for it. */
const refused = (x: string, type: string) => `CAST(CAST(${x} AS VARCHAR) || '?' AS ${type})`;

const microseconds = (x: string) => `CAST(extract(epoch FROM ${x}) * 1000000 AS BIGINT)`;

/** A time of the grammar, its fraction cut to microseconds: PostgreSQL would round it. */
const castable = (text: string) => String.raw`regexp_replace(${text}, '(\.[0-9]{6})[0-9]+', '\1')`;
/** Whether the day exists: PostgreSQL has no cast that says so instead of failing. */
function inCalendar(text: string): string {
  const [year, month, day] = [
    [1, 4],
    [6, 2],
    [9, 2],
  ].map(([from, length]) => `CAST(substr(${text}, ${from}, ${length}) AS INTEGER)`);
  const leap = `${year} % 4 = 0 AND (${year} % 100 <> 0 OR ${year} % 400 = 0)`;
  return `${day} <= CASE WHEN ${month} IN (4, 6, 9, 11) THEN 30 WHEN ${month} <> 2 THEN 31 WHEN ${leap} THEN 29 ELSE 28 END`;
}

/** PostgreSQL's spelling, from version 14 on. Sessions are expected to be in UTC. */
export const postgresDialect: Dialect = {
  ...standard,
  name: "postgres",
  text: (x, kind) => standard.text(kind === "number" ? double(x) : x, kind),
  label: (x, kind) => postgresDialect.text(x, kind),
  matches: spells,
  trimmed: (x) => standard.trimmed(x).replace("trim(", "btrim("),
  number(x, kind, strict = true) {
    if (kind === "number") return double(x);
    if (kind === "boolean") return double(`CASE WHEN ${x} THEN 1 WHEN NOT ${x} THEN 0 END`);
    const text = postgresDialect.trimmed(kind === "text" ? x : `CAST(${x} AS VARCHAR)`);
    // A cast reads more than numerals (hexadecimals, for one), and none gives NULL for what it cannot read.
    const found = `WHEN ${spells(text, notFinitePattern)} THEN ${double(text)} WHEN ${spells(text, numeralPattern)} THEN ${ofNumeral(text)}`;
    return `CASE WHEN lower(${text}) = 'true' THEN ${double("1")} WHEN lower(${text}) = 'false' THEN ${double("0")} ${found}${strict ? ` ELSE ${refused(text, "DOUBLE PRECISION")}` : ""} END`;
  },
  time(x, kind, strict = true) {
    if (kind === "time") return microseconds(x);
    const other = strict ? refused(x, "BIGINT") : "NULL";
    if (kind !== "text") return epochMicroseconds(double(x), other);
    const text = postgresDialect.trimmed(x);
    // Words such as 'now' would be times to PostgreSQL.
    return `CASE WHEN ${text} IS NULL THEN NULL WHEN ${spells(text, numeralPattern)} THEN ${epochMicroseconds(ofNumeral(text), other)} WHEN ${spells(text, timePattern)} AND ${inCalendar(text)} THEN ${microseconds(`CAST(${castable(text)} AS TIMESTAMPTZ)`)} ELSE ${other} END`;
  },
  date: (x) => `to_char(timestamp 'epoch' + (${x}) * interval '1 microsecond', 'YYYY-MM-DD')`,
  first(order, index) {
    const by = order.map(({ x, kind }) => (kind === "text" ? `${x} COLLATE "C"` : x));
    return `(array_agg(${order[index]?.x} ORDER BY ${by.join(", ")}))[1]`;
  },
  bucket: (x, count) =>
    `CAST((hashtextextended(CAST(${x} AS TEXT), 0) % ${count} + ${count}) % ${count} AS INTEGER)`,
};
