import { ExperimentError, insufficient_data, negative_count, wrong_length } from "../../errors/index.js";

/** A table of counts' margins. */
export interface Contingency {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
}

/**
 * Margins of a table of counts, checked.
 * @throws ExperimentError `wrong_length` at ["table"] or ["table", i] for fewer than 2 rows or columns or a ragged
 *         table; `negative_count` at ["table", i, j]; `insufficient_data` at ["table"] for no units
 */
export function contingency(table: readonly (readonly number[])[]): Contingency {
  if (table.length < 2) throw new ExperimentError({ wrong_length }, ["table"], table.length);
  const width = table[0]?.length ?? 0;
  const columns = new Array<number>(width).fill(0);
  let total = 0;
  const rows = table.map((row, i) => {
    if (row.length < 2 || row.length !== width)
      throw new ExperimentError({ wrong_length }, ["table", i], row.length);
    let sum = 0;
    row.forEach((count, j) => {
      if (!(count >= 0 && Number.isInteger(count)))
        throw new ExperimentError({ negative_count }, ["table", i, j], count);
      sum += count;
      columns[j] = (columns[j] as number) + count;
    });
    total += sum;
    return sum;
  });
  if (total === 0) throw new ExperimentError({ insufficient_data }, ["table"], 0);
  return { rows, columns, total };
}
