import type { Dialect } from "./dialect.js";
import { epochMicroseconds, standard } from "./standard.js";

const numeral = String.raw`'^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?$'`;
const notFinite = "'^[+-]?(nan|inf|infinity)$'";
const iso = String.raw`'^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?\s*(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?$'`;
const double = standard.double;

/** Of a text that is a numeral, what is too large for a double being infinite, as everywhere else. */
const ofNumeral = (text: string) => {
  const exact = `CAST(${text} AS NUMERIC)`;
  return `CASE WHEN abs(${exact}) > 1.7976931348623157e308 THEN ${double("'Infinity'")} WHEN abs(${exact}) < 1e-300 THEN ${double("0")} ELSE ${double(text)} END`;
};

/** Fails on every row that has a text. */
const refused = (text: string) => double(`${text} || '?'`);

const microseconds = (x: string) => `CAST(extract(epoch FROM ${x}) * 1000000 AS BIGINT)`;

/** PostgreSQL's spelling, from version 14 on. Sessions are expected to be in UTC. */
export const postgresDialect: Dialect = {
  ...standard,
  name: "postgres",
  text: (x, kind) => standard.text(kind === "number" ? double(x) : x, kind),
  label: (x, kind) => postgresDialect.text(x, kind),
  number(x, kind, strict = true) {
    if (kind === "number") return double(x);
    if (kind === "boolean") return double(`CASE WHEN ${x} THEN 1 WHEN NOT ${x} THEN 0 END`);
    const text = `NULLIF(trim(${kind === "text" ? x : `CAST(${x} AS VARCHAR)`}), '')`;
    // A cast reads more than numerals (hexadecimals, for one), and none gives NULL for what it cannot read.
    const found = `WHEN ${text} ~* ${notFinite} THEN ${double(text)} WHEN ${text} ~* ${numeral} THEN ${strict ? double(text) : ofNumeral(text)}`;
    return `CASE WHEN lower(${text}) = 'true' THEN ${double("1")} WHEN lower(${text}) = 'false' THEN ${double("0")} ${found}${strict ? ` ELSE ${refused(text)}` : ""} END`;
  },
  time(x, kind, strict = true) {
    if (kind === "time") return microseconds(x);
    if (kind !== "text") return epochMicroseconds(double(x));
    const text = `NULLIF(trim(${x}), '')`;
    // Words such as 'now' would be times to PostgreSQL.
    const other = strict ? ` ELSE ${epochMicroseconds(refused(text))}` : "";
    return `CASE WHEN ${text} ~* ${numeral} THEN ${epochMicroseconds(double(text))} WHEN ${text} ~* ${iso} THEN ${microseconds(`CAST(${text} AS TIMESTAMPTZ)`)}${other} END`;
  },
  first(order, index) {
    const by = order.map(({ x, kind }) => (kind === "text" ? `${x} COLLATE "C"` : x));
    return `(array_agg(${order[index]?.x} ORDER BY ${by.join(", ")}))[1]`;
  },
  bucket: (x, count) =>
    `CAST((hashtextextended(CAST(${x} AS TEXT), 0) % ${count} + ${count}) % ${count} AS INTEGER)`,
};
