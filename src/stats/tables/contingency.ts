import { ExperimentError, requireArray, wrong_length } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { requireCount } from "../moments/require-count.js";

/** A table of counts' margins. */
export interface Contingency {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
}

function checkRow(row: unknown, i: number, first: readonly number[] | undefined): void {
  requireArray(row, ["table", i]);
  if (row.length < 2)
    throw new ExperimentError({ wrong_length }, ["table", i], row.length, { expected: { atLeast: 2 } });
  if (first && row.length !== first.length)
    throw new ExperimentError({ wrong_length }, ["table", i], row.length, {
      expected: { length: first.length },
      other: "table.0",
    });
}

/**
 * Margins of a table of counts, checked.
 * @throws ExperimentError `wrong_length` at ["table"] or ["table", i] for fewer than 2 rows or columns or a ragged
 *         table; `negative_count` at ["table", i, j]; `insufficient_data` at ["table"] for no units
 */
export function contingency(table: readonly (readonly number[])[]): Contingency {
  requireArray(table, ["table"]);
  if (table.length < 2)
    throw new ExperimentError({ wrong_length }, ["table"], table.length, { expected: { atLeast: 2 } });
  for (let i = 0; i < table.length; i++) checkRow(table[i], i, table[0]);
  const width = table[0]?.length ?? 0;
  const columns = new Array<number>(width).fill(0);
  let total = 0;
  const rows = table.map((row, i) => {
    let sum = 0;
    row.forEach((count, j) => {
      requireCount(count, ["table", i, j]);
      sum += count;
      columns[j] = (columns[j] as number) + count;
    });
    total += sum;
    return sum;
  });
  requireUnits(total, ["table"], 1);
  return { rows, columns, total };
}
