import type { ResultRow } from "../sql/index.js";
import type { Engine, QueryOptions } from "./engine.js";

/**
 * Runs queries that do not depend on each other, several at once where they read files only and the engine can.
 * @returns the rows of all, in the order of the queries
 */
export async function runQueries(
  engine: Engine,
  sqls: readonly string[],
  filesOnly: boolean,
  { signal, onProgress }: QueryOptions,
): Promise<readonly ResultRow[]> {
  if (filesOnly && engine.queries) return (await engine.queries(sqls, { signal, onProgress })).flat();
  const rows: ResultRow[] = [];
  for (const [i, sql] of sqls.entries()) {
    const progress = onProgress && ((done: number) => onProgress((i + done) / sqls.length));
    for (const row of await engine.query(sql, { signal, onProgress: progress })) rows.push(row);
  }
  return rows;
}
