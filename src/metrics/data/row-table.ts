import { missingBy, readySpelling, type Spelling } from "../../core/data-spelling.js";

/** Rows that can be read one after the other: objects in memory, a parsed file. */
export interface RowTable {
  /** @returns the names of the columns */
  columns(): Promise<readonly string[]>;
  /**
   * @param columns  columns to read, each of them existing
   * @returns batches of rows; a row holds the columns' values in that order
   */
  rows(columns: readonly string[]): AsyncIterable<readonly (readonly unknown[])[]>;
}

/** @returns the table with null where a cell holds what is declared to stand for a missing value */
export function withMissing(table: RowTable, declared: Spelling): RowTable {
  const spelling = readySpelling(declared);
  if (!spelling || spelling.missing.length === 0) return table;
  const isMissing = missingBy(spelling);
  return {
    columns: () => table.columns(),
    async *rows(columns) {
      for await (const batch of table.rows(columns))
        yield batch.map((row) => row.map((value) => (isMissing(value) ? null : value)));
    },
  };
}
