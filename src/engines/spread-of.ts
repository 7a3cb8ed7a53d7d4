import type { CellsRequest } from "../core/cells.js";
import type { Engine } from "./engine.js";

/**
 * Asks how many clusters are in several levels of each dimension.
 * @param query  its one row holds `s0`, `s1` …; absent without dimensions
 */
export async function spreadOf(
  engine: Engine,
  query: string | undefined,
  { dimensions, signal }: CellsRequest,
): Promise<readonly number[]> {
  const [row] = query === undefined ? [] : await engine.query(query, { signal });
  return dimensions.map((_, i) => Number(row?.[`s${i}`] ?? 0));
}
