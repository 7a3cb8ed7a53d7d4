import type { CellsRequest } from "../core/cells.js";
import { type CappedMetrics, capPlans, type MetricColumns, withCaps } from "../metrics/data/index.js";
import type { CapsSql } from "../sql/index.js";
import { checkValues, type TypedColumn } from "./check-values.js";
import type { Engine } from "./engine.js";

/**
 * Finds caps that are percentiles, by a query of their own.
 * @param query  absent where there are none
 * @param typed  columns that it reads
 * @returns the metrics with their caps
 */
export async function findCaps(
  engine: Engine,
  metrics: readonly MetricColumns[],
  query: CapsSql | undefined,
  typed: readonly TypedColumn[],
  request: CellsRequest,
): Promise<CappedMetrics> {
  if (!query) return { metrics, caps: [] };
  const { signal } = request;
  const rows = await checkValues(engine, typed, request, () => engine.query(query.sql, { signal }));
  return withCaps(metrics, capPlans(metrics), query.read(rows));
}
