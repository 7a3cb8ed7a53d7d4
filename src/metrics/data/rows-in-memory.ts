import { requireObject } from "../../errors/index.js";
import type { RowTable } from "./row-table.js";

const batchSize = 4096;

type Columns = Readonly<Record<string, unknown>>;
const columnsOf = (row: object) => row as Columns;
const none: Columns = {};

/**
 * Rows in memory as a table; they are left as they are.
 * @param rows    objects, column → value
 * @param path    where they lie, for messages
 * @param beside  further columns of a row, where it has none of that name itself
 * @throws ExperimentError `wrong_type` at [...path, i] for a row that is not an object
 */
export function rowsInMemory(
  rows: readonly object[],
  path: readonly string[],
  beside: (row: object) => Columns = () => none,
): RowTable {
  for (const [i, row] of rows.entries()) requireObject(row, [...path, i]);
  return {
    async columns() {
      const names = new Set<string>();
      for (const row of rows) {
        for (const name in row) names.add(name);
        for (const name in beside(row)) names.add(name);
      }
      return [...names];
    },
    async *rows(columns) {
      for (let from = 0; from < rows.length; from += batchSize)
        yield rows.slice(from, from + batchSize).map((row) => {
          const [own, other] = [columnsOf(row), beside(row)];
          return columns.map((name) => own[name] ?? other[name]);
        });
    },
  };
}
