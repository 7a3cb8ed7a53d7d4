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
