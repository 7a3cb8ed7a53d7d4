import { declarationFor } from "../declaration-for.js";
import { listed } from "../listed.js";
import type { Sentences, Told } from "../parameters.js";
import { limited } from "./limited.js";
import { choice, rows } from "./phrases.js";

/** What to write in the data section where the text is a spreadsheet's spelling. */
function spelled(told: Told, fix: string): string {
  const declaration = declarationFor(told);
  return declaration === undefined
    ? fix
    : `if that is how the table writes it, declare it in the data section: ${declaration}; else correct the value`;
}

/** What is said of a number that often stands for a missing value. */
const codeOf = ({ received }: Told, fix: string): string =>
  /^-?9{2,}$|^-1$/.test(String(received))
    ? `${fix}; if it stands for a missing value, declare it in the data section: "missing": ["${received}"]`
    : fix;

export const missing_relation: Sentences = [
  "names neither a file nor a table",
  "give `file` (CSV, JSON, Parquet) or `table`",
];
export const missing_table: Sentences = [
  "the engine has no such table",
  "check the name, and the database that is open",
];
/** How a file of another program becomes one that can be read. */
function exported(file: string): string | undefined {
  if (/\.(xls[xmb]?|ods)$/i.test(file)) return "save the sheet as CSV from the spreadsheet, and give that";
  if (/\.(duckdb|ddb|db|sqlite3?)$/i.test(file))
    return "export the table as CSV or Parquet; in code a database of DuckDB's is read by fromTable";
  return undefined;
}

export const unsupported_file: Sentences = ({ known, received }) => [
  "is not a kind of file that can be read here",
  known
    ? `give one of: ${known.join(", ")}`
    : (exported(String(received)) ??
      "give .csv, .tsv, .txt, .jsonl, .json (each also with .gz or .zst) or .parquet"),
];
export const needs_duckdb: Sentences = [
  "is read by DuckDB only",
  "run `npm install @duckdb/node-api`, or pass one file of this machine as CSV or JSON",
];
export const not_rows: Sentences = (told) => [
  `is not a table of objects${rows(told)}`,
  "write an object per line (.jsonl), or a list of objects (.json)",
];
export const needs_zstd: Sentences = [
  "is packed by zstd, which this version of Node does not unpack",
  "use Node 22.15 or later, or `npm install @duckdb/node-api` for CSV, or unpack the file first",
];
export const unreadable_data: Sentences = [
  "cannot be read",
  "check that the file is whole and in UTF-8, and each row has all columns",
];
export const wrong_encoding: Sentences = ({ other = "utf-8" }) => [
  `is not in ${String(other).toUpperCase()}`,
  `say its encoding in the data section: ${["utf-8", "latin-1", "utf-16"]
    .filter((encoding) => encoding !== other)
    .map((encoding) => `"encoding": "${encoding}"`)
    .join(" or ")}`,
];
export const unsupported_encoding: Sentences = [
  "is an encoding that is read in single files of this machine only",
  "copy the file here and name it without a pattern, or convert it to UTF-8",
];
export const query_failed: Sentences = ["the engine refused the query", "see the engine's message"];
export const missing_peer: Sentences = [
  "needs a package that is not installed",
  "run `npm install @duckdb/node-api`",
];
export const missing_metric: Sentences = (told) => [
  "the data hold no such metric",
  choice(told, "ask for a metric that the cells were made with, or make them again"),
];
export const missing_dimension: Sentences = (told) => [
  "the data hold no such dimension",
  choice(told, "ask for a dimension that the cells were made with, or make them again"),
];
export const missing_column: Sentences = (told) => [
  "the data have no such column",
  told.example
    ? `write ${told.example}: a dimension's name comes first, then its column`
    : choice(told, "correct the column's name where it is mapped"),
];
export const not_a_period: Sentences = [
  "is not a period",
  'write a whole number of hours, days or weeks, e.g. "14 days"',
];
export const outcome_covariate: Sentences = ({ other }) => [
  `is a column of the metric${other === undefined ? "" : ` "${other}"`}, which the variant may move: adjusting for it would take the effect away`,
  "name a column that was settled before units entered",
];
export const not_adjustable: Sentences = ({ other }) => [
  `is something that covariates cannot adjust${other === undefined ? "" : `: the value of a metric of type "${other}" is not a mean`}`,
  "leave the covariates out, or adjust a metric of the same event that is a mean",
];
export const unreadable_where: Sentences = [
  "asks about single events, which a table of one row per unit does not have",
  "map exposures and events, or leave it out and name a column that holds what these events come to",
];
export const missing_grain: Sentences = [
  "holds no cells of these dimensions alone, and cells by cluster cannot be merged",
  "give the cells of this crossing among `grains`, or ask for a crossing that is there",
];
export const not_by_cluster: Sentences = [
  "cannot be read by cluster",
  "leave it out, or take `cluster` out of the mapping",
];
export const unreadable_window: Sentences = [
  "is counted in days since the first exposure, which a table of one row per unit does not have",
  "map exposures and events, or leave it out and name a column that holds the value of these days",
];
export const percentile_at_zero: Sentences = ({ example }) => [
  "is a percentile at which the metric's values are not above zero: a cap there would leave nothing to compare",
  example === undefined
    ? "name a higher percentile, or a cap as a number"
    : `take it among the units that have a value, ${example}, or name a higher percentile`,
];
export const unreadable_covariate: Sentences = ({ other }) => [
  other === "before"
    ? "is a covariate from a column, which events do not have for a unit"
    : "is a covariate from earlier events, which a table of one row per unit does not have",
  other === "before"
    ? 'take the metric before the exposure, e.g. { "before": "14 days" }'
    : 'name a column that holds it ready-made, e.g. { "column": "spend_before" }',
];
export const single_variant: Sentences = [
  "the data hold units of one variant only, so there is nothing to compare",
  "check the variant column and its mapping",
];
export const constant_metric: Sentences = [
  "has one value for all units, so no assignment could make a difference in it",
  "leave the metric out, or check its column",
];
export const empty_data: Sentences = ({ other, times }) => [
  `the data hold no unit to analyze${other === undefined || times === undefined ? "" : `; ${times} were left out as ${other}`}`,
  "check the file and the mapping",
];
export const unmapped_variant: Sentences = (told) => [
  "is a value of the variant column that is not one of the experiment's variants",
  choice(told, 'map it in `values`, or leave such units out with `unknown: "ignore"`'),
];
export const not_a_number: Sentences = (told) => [
  `a numeric column holds text that is not a number${rows(told)}`,
  spelled(
    told,
    "correct the value, leave it empty if it is missing, or declare in the data section how it is written",
  ),
];
export const not_a_time: Sentences = (told) => [
  `a time column holds a value that is not a time${rows(told)}`,
  "write times as ISO 8601, or as seconds, milliseconds or microseconds since 1970",
];
export const duplicate_column: Sentences = [
  "is the name of several columns of the file",
  "give each its own name, not one that differs in capitals only",
];
export const remote_data: Sentences = [
  "is not a file of this machine, and reading it would download and run code of DuckDB's makers",
  "copy the file here, or allow it with `allowExtensions: true` (`--allow-extensions`)",
];
export const duplicate_unit: Sentences = (told) => [
  `a unit has several rows in a table that must have one row per unit${rows(told)}`,
  'say in the data section what they mean: "duplicates": "first" (the others are left out) or "sum" (they are added up); else aggregate the table, or map it as exposures and events',
];
export const unordered_rows: Sentences = [
  "needs rows in an order, and a table of a database has none",
  'write "duplicates": "sum", or read the rows from a file',
];
export const not_binary: Sentences = (told) => [
  `a conversion's values must be 0 or 1${rows(told)}`,
  codeOf(told, "map a column of 0/1 (or true/false), or declare the metric as mean or count"),
];
export const negative_value: Sentences = (told) => [
  `a count's values cannot be negative${rows(told)}`,
  codeOf(told, "correct the data, or declare the metric as mean"),
];
export const folder_in_use: Sentences = ({ other }) => [
  `is in use${other === undefined ? "" : ` by process ${other}`}`,
  "give each process a folder of its own, or close what has this one",
];
export const unwritable_folder: Sentences = [
  "the folder cannot be used",
  "check that it can be made, and that you may read and write there",
];
export const other_engine: Sentences = ({ other, known }) => [
  `is not an option of the engine that reads here${other === undefined ? "" : ` ("${other}")`}`,
  known
    ? `leave it out, or read with the engine ${listed(known, (count) => `, and ${count} more`)}`
    : "leave it out",
];
export const not_a_size: Sentences = [
  "is not a size of memory of at least 512MB",
  'write a number and a unit, such as "2GB"',
];
export const irregular_file: Sentences = [
  "is a folder, a device or a pipe, which may never end",
  "write it into a file first",
];
export const nested_column: Sentences = [
  "is a column of lists or records, which has no one value per row",
  "take a field out of it into a column of its own",
];
export const over_limit: Sentences = ({ expected: { atMost } = {}, other }) => {
  const [what, fix] = limited(other, atMost);
  return [`holds more than ${what}`, fix];
};
