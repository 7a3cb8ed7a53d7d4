import { requirePValues } from "./require-p-values.js";

/** The p-values from the smallest up; refuses what is not a probability. */
export function ascending(pValues: readonly number[]): Float64Array {
  requirePValues(pValues);
  return new Float64Array(pValues).sort();
}

/** From the smallest p-value up: `adjust(p, rank)` (rank from 0), never below what a smaller p-value got. */
export function stepDown(pValues: readonly number[], adjust: (p: number, rank: number) => number): number[] {
  requirePValues(pValues);
  const adjusted: number[] = [];
  let last = 0;
  pValues
    .map((_, i) => i)
    .sort((a, b) => (pValues[a] as number) - (pValues[b] as number))
    .forEach((at, rank) => {
      adjusted[at] = last = Math.max(last, Math.min(1, adjust(pValues[at] as number, rank)));
    });
  return adjusted;
}

/** From the largest p-value down: `adjust(p, rank)` (rank from 0), never above what a larger p-value got. */
export function stepUp(pValues: readonly number[], adjust: (p: number, rank: number) => number): number[] {
  // Equal p-values are adjusted alike, so what each came to is looked up by the p-value itself.
  const adjusted = new Map<number, number>();
  const sorted = ascending(pValues);
  let last = 1;
  sorted.reverse().forEach((p, place) => {
    adjusted.set(p, (last = Math.min(last, adjust(p, sorted.length - 1 - place))));
  });
  return pValues.map((p) => adjusted.get(p) ?? p);
}
