import type { CellsRequest } from "../core/cells.js";
import { limits } from "../core/limits.js";
import { overLimit } from "../errors/index.js";
import type { CountedValue } from "../metrics/data/index.js";
import type { ResultRow } from "../sql/index.js";
import type { Engine } from "./engine.js";

/**
 * Counts how many units of each group have which value.
 * @param sqls  none where nobody asks
 * @param read  of a row
 * @returns undefined where nobody asks
 * @throws ExperimentError `over_limit` at ["metrics"] for too many different values
 */
export async function countValues(
  engine: Engine,
  sqls: readonly string[],
  read: (row: ResultRow) => CountedValue | undefined,
  { signal }: CellsRequest,
): Promise<readonly CountedValue[] | undefined> {
  if (sqls.length === 0) return undefined;
  const counted: CountedValue[] = [];
  for (const sql of sqls) {
    for (const row of await engine.query(sql, { signal })) {
      const count = read(row);
      if (count) counted.push(count);
    }
    if (counted.length > limits.values.most) throw overLimit("values", ["metrics"], counted.length);
  }
  return counted;
}
