import type { Cell, CellsRequest } from "../../core/cells.js";
import { distributionOf } from "../../stats/moments/index.js";
import { metricTypeOf } from "../metric-type-of.js";

/** Units of one group that have one value of a metric, as a source counted them. */
export interface CountedValue {
  /** Variant key. */
  readonly variant: string;
  readonly version?: string;
  /** As found; `""` where missing. */
  readonly levels: readonly string[];
  readonly metricAt: number;
  readonly value: number;
  readonly units: number;
}

/**
 * Puts what a source counted into the cells' moments.
 * @param cells    assembled
 * @param counted  in any order; those of no cell are left out
 * @param keyOf    names a cell
 * @param cellOf   names the cell that a count is of
 */
export function withDistributions(
  cells: readonly Cell[],
  counted: Iterable<CountedValue>,
  { metrics }: CellsRequest,
  keyOf: (cell: Cell) => string,
  cellOf: (count: CountedValue) => string,
): readonly Cell[] {
  const found = new Map<string, Map<number, number>[]>();
  for (const count of counted) {
    const key = cellOf(count);
    let own = found.get(key);
    if (!own) found.set(key, (own = metrics.map(() => new Map())));
    const { metricAt, value, units } = count;
    // A zero is a zero, whatever its sign.
    const at = value === 0 ? 0 : value;
    own[metricAt]?.set(at, (own[metricAt]?.get(at) ?? 0) + units);
  }
  const wanted = metrics.map((metric) => metricTypeOf(metric).distribution === true);
  return cells.map((cell) => ({
    ...cell,
    moments: cell.moments.map((moments, i) =>
      wanted[i] ? { ...moments, distribution: distributionOf(found.get(keyOf(cell))?.[i] ?? []) } : moments,
    ),
  }));
}
