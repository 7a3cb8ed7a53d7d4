import { type FileValue, openFileEngine } from "../engines/files/index.js";
import { errorOf, missing_column, nearName, problem } from "../errors/index.js";
import type { EngineChoice } from "./engine-options.js";

/** Columns of a file, in memory. */
export interface ReadTable {
  readonly columns: readonly string[];
  /** The values of a column that was asked for. */
  values(column: string): readonly FileValue[];
}

/** Which of the existing columns the caller wants; an unknown name is refused. */
export type PickColumns = (
  columns: readonly string[],
) => readonly { readonly name: string; readonly option: string }[];

function picked(columns: readonly string[], pick: PickColumns): string[] {
  const wanted = pick(columns);
  const unknown = wanted.filter(({ name }) => !columns.includes(name));
  if (unknown.length > 0)
    throw errorOf(
      unknown.map(({ name, option }) => problem({ missing_column }, [option], name, nearName(name, columns))),
    );
  return [...new Set(wanted.map(({ name }) => name))];
}

/**
 * Reads columns of a file into memory.
 * @param file    path, glob or URL
 * @param pick    which columns, given those there are
 * @param choice  who reads; default the first that is installed
 * @param most    how many rows; default all
 * @returns the columns' values in the file's order: text from CSV, typed values from Parquet
 * @throws ExperimentError `missing_column` at the option that named it; `missing_file`, `unsupported_file`,
 *         `unreadable_data`, `empty_data` at ["FILE", "file"]; `needs_duckdb`, `missing_peer`
 */
export async function readTable(
  file: string,
  pick: PickColumns,
  { engine, ...options }: EngineChoice = {},
  most?: number,
): Promise<ReadTable> {
  const opened = await openFileEngine(engine, options);
  try {
    const table = await opened.table(file, ["FILE"]);
    const wanted = picked(table.columns, pick);
    const values = await table.read(wanted, most);
    return { columns: table.columns, values: (column) => values[wanted.indexOf(column)] ?? [] };
  } finally {
    await opened.close();
  }
}
