import { type ErrorPath, requireList, requireNumber } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";

/** Definition of a sample quantile, numbered as by Hyndman and Fan and in R. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/**
 * Values from the smallest up, checked.
 * @throws ExperimentError `insufficient_data` at the path's length; `not_finite` at the path's index
 */
export function sortedValues(values: ArrayLike<number>, path: ErrorPath): Float64Array {
  requireList(values, path);
  requireUnits(values.length, [...path, "length"], 1);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) requireNumber(values[i], [...path, i]);
  const sorted = Float64Array.from(values);
  return sorted.sort();
}

// Ranks a rounding away from a whole one are that one, as in R.
const fuzz = 4 * Number.EPSILON;

/** Quantile of sorted values; `q` in [0, 1]. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number, type: QuantileType): number {
  return quantileByRank(sorted.length, (rank) => sorted[rank - 1] as number, q, type);
}

/**
 * Quantile of n values of which the one of each rank is known; `q` in [0, 1].
 * @param valueAt  the value of a rank, 1 … n
 */
export function quantileByRank(
  n: number,
  valueAt: (rank: number) => number,
  q: number,
  type: QuantileType,
): number {
  const at = (rank: number) => valueAt(Math.min(n, Math.max(1, rank)));
  if (type <= 3) {
    const rank = type === 3 ? n * q - 0.5 : n * q;
    const j = Math.floor(rank + fuzz);
    const part = rank - j > fuzz * (1 + rank) ? 1 : 0;
    if (part === 1) return at(j + 1);
    if (type === 1) return at(j);
    if (type === 2) return (at(j) + at(j + 1)) / 2;
    return j % 2 === 0 ? at(j) : at(j + 1);
  }
  const [a, b] = offsets[type as 4 | 5 | 6 | 7 | 8 | 9];
  const rank = a + q * (n + 1 - a - b);
  const j = Math.floor(rank + fuzz);
  const part = Math.abs(rank - j) < fuzz * (1 + rank) ? 0 : rank - j;
  const low = at(j);
  return part === 0 ? low : low + part * (at(j + 1) - low);
}

const offsets = {
  4: [0, 1],
  5: [0.5, 0.5],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
} as const;

/** What numbers a definition can have. */
export const quantileTypes = { atLeast: 1, atMost: 9, whole: true } as const;

/**
 * A sample quantile.
 * @param values  numbers in any order, finite, at least one; not changed
 * @param q       fraction in [0, 1]; 0.5 is the median
 * @param type    definition 1–9 after Hyndman and Fan; default 7, as in R, NumPy and spreadsheets
 * @returns the quantile, in the values' unit
 * @throws ExperimentError `insufficient_data` at ["values", "length"]; `wrong_type` or `not_finite` at ["values", i]; `out_of_range`
 *         at ["q"] or ["type"]
 * @source Hyndman & Fan (1996), The American Statistician 50
 * @checked test/reference/quantiles.json — R 4.2.2 quantile()
 * @example
 * quantile([3, 1, 2, 10], 0.5); // 2.5
 */
export function quantile(values: ArrayLike<number>, q: number, type: QuantileType = 7): number {
  requireNumber(q, ["q"], { atLeast: 0, atMost: 1 });
  requireNumber(type, ["type"], quantileTypes);
  return quantileOfSorted(sortedValues(values, ["values"]), q, type);
}
