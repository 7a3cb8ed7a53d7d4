import type { ContextFeature } from "../../bandits/index.js";
import { square } from "../../core/powers.js";
import {
  detailedProblem,
  duplicate_key,
  type ErrorEntry,
  type ErrorParameters,
  ExperimentError,
  errorOf,
  not_a_number,
  out_of_range,
  requireArray,
  wrong_length,
  wrong_type,
} from "../../errors/index.js";
import { type FieldsFor, shapeProblems } from "../../shapes/index.js";

/** A value of a table: text as it stands in a file, or a number. */
export type TableValue = string | number | boolean | null | undefined;

/** One column of a table. */
export interface TableColumn {
  readonly name: string;
  readonly values: readonly TableValue[];
  /** Take log(1 + x) first: for amounts with a long tail; numbers only. */
  readonly log?: boolean;
}

/** Contexts made from a table's columns, and the features that read them. */
export interface TableContexts {
  /** One a column that says anything, with its constants: `numeric`, `categorical`, or `hashed` for very many levels. */
  readonly features: readonly ContextFeature[];
  /** One a row. */
  readonly contexts: readonly { readonly [field: string]: string | number }[];
  /** Columns that say nothing, with the reason. */
  readonly leftOut: readonly { readonly column: string; readonly reason: string }[];
  /** How many missing numbers stand as their column's mean. */
  readonly missing: Readonly<Record<string, number>>;
}

/** Levels beyond which a category is hashed, and the places it is hashed to. */
const MANY = 200;
const PLACES = 64;

const isMissing = (value: TableValue) =>
  value === null || value === undefined || (typeof value === "string" && value.trim() === "");

/** A value as a number; NaN if it is not one. */
export const tableNumber = (value: TableValue): number =>
  isMissing(value) ? Number.NaN : typeof value === "boolean" ? Number(value) : Number(value);

interface Encoded {
  readonly feature: ContextFeature;
  readonly values: readonly (string | number)[];
  readonly missing: number;
}

const columnFields = {
  name: { kind: "text" },
  // Millions, at times: looked at one by one below.
  values: { kind: "anything" },
  log: { kind: "flag", optional: true },
} as const satisfies FieldsFor<TableColumn>;

const compound: ReadonlySet<string> = new Set(["object", "function", "symbol"]);

function checkColumns(columns: readonly TableColumn[]): void {
  const problems = shapeProblems(columns, { kind: "list", of: { kind: "object", has: columnFields } }, [
    "columns",
  ]);
  if (problems.length > 0) throw errorOf(problems);
  columns.forEach(({ name, values }, i) => {
    requireArray(values, ["columns", i, "values"]);
    const [first] = columns;
    if (values.length !== first?.values.length)
      throw new ExperimentError({ wrong_length }, ["columns", i, "values"], values.length, {
        expected: { length: first?.values.length ?? 0 },
        other: first?.name,
      });
    if (columns.findIndex((column) => column.name === name) < i)
      throw new ExperimentError({ duplicate_key }, ["columns", i, "name"], name);
    for (const [row, value] of values.entries())
      if (value !== null && compound.has(typeof value))
        throw valueError({ wrong_type }, i, row, value, {
          expected: { type: ["text", "number", "flag", "null"] },
        });
  });
}

/** A problem with one value of a column. */
const valueError = (
  entry: ErrorEntry,
  column: number,
  row: number,
  value: unknown,
  known: ErrorParameters,
): ExperimentError =>
  errorOf([detailedProblem(entry, ["columns", column, "values", row], value, { ...known, row: row + 1 })]);

function numericColumn({ name, values, log }: TableColumn, column: number): Encoded | string {
  const field = log ? `log1p(${name})` : name;
  const numbers = values.map((value, row) => {
    const number = tableNumber(value);
    if (log && number < 0)
      throw valueError({ out_of_range }, column, row, number, { expected: { atLeast: 0 } });
    return log ? Math.log1p(number) : number;
  });
  const known = numbers.filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const sd = Math.sqrt(known.reduce((sum, value) => sum + square(value - mean), 0) / known.length);
  if (!(sd > 0)) return "one value only";
  return {
    feature: { kind: "numeric", field, mean, sd },
    values: numbers.map((value) => (Number.isNaN(value) ? mean : value)),
    missing: numbers.length - known.length,
  };
}

/** Refuses the logarithm of anything but a number; an empty column is left out. */
function checkNumbers({ values }: TableColumn, column: number): void {
  const row = values.findIndex((value) => !isMissing(value) && !Number.isFinite(tableNumber(value)));
  if (row >= 0) throw valueError({ not_a_number }, column, row, values[row], {});
}

function categoryColumn({ name, values }: TableColumn): Encoded | string {
  const texts = values.map((value) => (isMissing(value) ? "" : String(value)));
  const levels = [...new Set(texts)].sort();
  if (levels.length < 2) return "one value only";
  if (levels.length > Math.max(MANY, values.length / 2)) return "a level of its own in most rows";
  return {
    feature:
      levels.length > MANY
        ? { kind: "hashed", field: name, size: PLACES }
        : { kind: "categorical", field: name, levels },
    values: texts,
    missing: 0,
  };
}

/**
 * Contexts from a table's columns. A column of numbers is standardised by its own mean and standard deviation (missing
 * ones stand as the mean); any other is a category with one place a level (missing is a level of its own), hashed into
 * 64 places beyond 200 levels. Columns of one value, and of a level of its own in most rows, are left out.
 * @param columns  all of one length
 * @returns features with their constants, contexts, and what was left out or missing
 * @throws ExperimentError `unknown_key`, `missing_value` or `wrong_type` within ["columns", i]; `duplicate_key` at a name;
 *         `wrong_length` at values that are not as many as the first column's; `not_a_number` and `out_of_range` (below 0)
 *         at the first value of which no logarithm can be taken
 */
export function tableContexts(columns: readonly TableColumn[]): TableContexts {
  checkColumns(columns);
  const leftOut: { column: string; reason: string }[] = [];
  const encoded: Encoded[] = [];
  for (const [i, column] of columns.entries()) {
    const present = column.values.filter((value) => !isMissing(value));
    const isNumber = present.length > 0 && present.every((value) => Number.isFinite(tableNumber(value)));
    if (column.log && !isNumber) checkNumbers(column, i);
    const made = isNumber ? numericColumn(column, i) : categoryColumn(column);
    if (typeof made === "string") leftOut.push({ column: column.name, reason: made });
    else encoded.push(made);
  }
  const fields = encoded.map(({ feature }) => (feature as { readonly field: string }).field);
  return {
    features: encoded.map(({ feature }) => feature),
    contexts: Array.from({ length: columns[0]?.values.length ?? 0 }, (_, i) =>
      Object.fromEntries(encoded.map(({ values }, at) => [fields[at]!, values[i]!])),
    ),
    leftOut,
    missing: Object.fromEntries(
      encoded.flatMap(({ missing }, at) => (missing > 0 ? [[fields[at]!, missing]] : [])),
    ),
  };
}
