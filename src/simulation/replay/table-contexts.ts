import type { ContextFeature } from "../../bandits/index.js";
import { square } from "../../core/powers.js";
import { errorOf, out_of_range, problem } from "../../errors/index.js";

/** A value of a table: text as it stands in a file, or a number. */
export type TableValue = string | number | boolean | null | undefined;

/** One column of a table. */
export interface TableColumn {
  readonly name: string;
  readonly values: readonly TableValue[];
  /** Take log(1 + x) first: for amounts with a long tail. */
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

/** A value as a number; NaN if it is none. */
export const tableNumber = (value: TableValue): number =>
  isMissing(value) ? Number.NaN : typeof value === "boolean" ? Number(value) : Number(value);

interface Encoded {
  readonly feature: ContextFeature;
  readonly values: readonly (string | number)[];
  readonly missing: number;
}

function numericColumn({ name, values, log }: TableColumn): Encoded | string {
  const field = log ? `log1p(${name})` : name;
  const numbers = values.map((value) => {
    const number = tableNumber(value);
    if (log && number < 0)
      throw errorOf([problem({ out_of_range }, [name], number, { expected: { atLeast: 0 } })]);
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
 * @throws ExperimentError `out_of_range` at [column] for the logarithm of a number below 0
 */
export function tableContexts(columns: readonly TableColumn[]): TableContexts {
  const leftOut: { column: string; reason: string }[] = [];
  const encoded: Encoded[] = [];
  for (const column of columns) {
    const present = column.values.filter((value) => !isMissing(value));
    const isNumber = present.length > 0 && present.every((value) => Number.isFinite(tableNumber(value)));
    const made = isNumber ? numericColumn(column) : categoryColumn(column);
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
