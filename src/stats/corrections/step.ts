import { requirePValues } from "./require-p-values.js";

/** The p-values from the smallest up; refuses what is not a probability. */
export function ascending(pValues: readonly number[]): Float64Array {
  requirePValues(pValues);
  return Float64Array.from(pValues).sort();
}

/** The first place of a p-value among the sorted ones. */
function placeOf(p: number, sorted: Float64Array): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 1) < p) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What each p-value was adjusted to among the sorted ones; equal ones are adjusted alike. */
export function inGivenOrder(
  pValues: readonly number[],
  sorted: Float64Array,
  adjusted: Float64Array,
): number[] {
  return pValues.map((p) => adjusted[placeOf(p, sorted)] ?? 1);
}

/** From the smallest p-value up: `adjust(p, rank)` (rank from 0), never below what a smaller p-value got. */
export function stepDown(pValues: readonly number[], adjust: (p: number, rank: number) => number): number[] {
  const sorted = ascending(pValues);
  let last = 0;
  const adjusted = sorted.map((p, rank) => (last = Math.max(last, Math.min(1, adjust(p, rank)))));
  return inGivenOrder(pValues, sorted, adjusted);
}

/** From the largest p-value down: `adjust(p, rank)` (rank from 0), never above what a larger p-value got. */
export function stepUp(pValues: readonly number[], adjust: (p: number, rank: number) => number): number[] {
  const sorted = ascending(pValues);
  const adjusted = new Float64Array(sorted.length);
  let last = 1;
  for (let rank = sorted.length - 1; rank >= 0; rank--)
    adjusted[rank] = last = Math.min(last, adjust(sorted[rank] ?? 1, rank));
  return inGivenOrder(pValues, sorted, adjusted);
}
