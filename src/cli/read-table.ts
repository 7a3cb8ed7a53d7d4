import { missing_column, needs_duckdb } from "../core/errors.js";
import { ExperimentError, errorOf, problem } from "../core/experiment-error.js";
import { nearNames } from "../core/near-names.js";
import { csvRows } from "../engines/csv/csv-rows.js";
import { duckdb } from "../engines/duckdb/index.js";
import { fileFormat, isLocalFile } from "../engines/file-format.js";
import type { Engine } from "../engines/index.js";

/** Columns of a file, in memory. */
export interface ReadTable {
  readonly columns: readonly string[];
  /** The values of a column that was asked for. */
  values(column: string): readonly (string | number | boolean | null)[];
}

type Values = (string | number | boolean | null)[];

/** What the caller wants of the columns that there are; a name that is none is refused. */
export type PickColumns = (
  columns: readonly string[],
) => readonly { readonly name: string; readonly option: string }[];

function picked(columns: readonly string[], pick: PickColumns): string[] {
  const wanted = pick(columns);
  const unknown = wanted.filter(({ name }) => !columns.includes(name));
  if (unknown.length > 0)
    throw errorOf(
      unknown.map(({ name, option }) =>
        problem({ missing_column }, [option], name, nearNames(name, columns, "columns")),
      ),
    );
  return [...new Set(wanted.map(({ name }) => name))];
}

const scalar = (value: unknown): string | number | boolean | null =>
  value === null || ["string", "number", "boolean"].includes(typeof value)
    ? (value as string | number | boolean | null)
    : value instanceof Date
      ? value.toISOString()
      : String(value);

async function fromEngine(
  engine: Engine,
  file: string,
  pick: PickColumns,
): Promise<[string[], Map<string, Values>]> {
  const { sql, columns } = await engine.open({ file }, ["FILE"]);
  const names = columns.map(({ name }) => name);
  const wanted = picked(names, pick);
  const items = wanted.map((name, i) => `${engine.dialect.identifier(name)} AS c${i}`);
  const rows = await engine.query(`SELECT ${items.join(", ")} FROM ${sql}`);
  return [names, new Map(wanted.map((name, i) => [name, rows.map((row) => scalar(row[`c${i}`]))]))];
}

async function fromCsvFile(file: string, pick: PickColumns): Promise<[string[], Map<string, Values>]> {
  if (!isLocalFile(file) || fileFormat(file, ["FILE"]) !== "csv")
    throw new ExperimentError({ needs_duckdb }, ["FILE"], file);
  const table = csvRows(file, ["FILE"]);
  const names = [...(await table.columns())];
  const wanted = picked(names, pick);
  const values = new Map(wanted.map((name) => [name, [] as Values]));
  for await (const batch of table.rows(wanted))
    for (const row of batch)
      wanted.forEach((name, i) => {
        values.get(name)!.push((row[i] as string | undefined) ?? null);
      });
  return [names, values];
}

/** DuckDB where it is installed, or where it was asked for. */
async function open(engine: "duckdb" | "csv" | undefined): Promise<Engine | undefined> {
  if (engine === "csv") return undefined;
  try {
    return await duckdb();
  } catch (error) {
    if (engine === undefined && error instanceof ExperimentError && error.code === "missing_peer")
      return undefined;
    throw error;
  }
}

/**
 * Reads columns of a CSV, CSV.gz or Parquet file into memory.
 * @param file    path, glob or URL
 * @param pick    which columns, given those there are
 * @param engine  who reads; default DuckDB where it is installed
 * @returns the columns' values in the file's order: text from CSV, typed values from Parquet
 * @throws ExperimentError `missing_column` at the option that named it; `missing_file`, `unsupported_file`,
 *         `unreadable_data`, `empty_data` at ["FILE", "file"]; `needs_duckdb`, `missing_peer`
 */
export async function readTable(
  file: string,
  pick: PickColumns,
  engine?: "duckdb" | "csv",
): Promise<ReadTable> {
  const opened = await open(engine);
  try {
    const [columns, values] = await (opened ? fromEngine(opened, file, pick) : fromCsvFile(file, pick));
    return { columns, values: (column) => values.get(column)! };
  } finally {
    await opened?.close();
  }
}
