import { requirePValues } from "./require-p-values.js";

/** Positions of the p-values from the smallest up; refuses what is not a probability. */
export function ascending(pValues: readonly number[]): number[] {
  requirePValues(pValues);
  return pValues.map((_, i) => i).sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
}

/** From the smallest p-value up: `adjust(p, rank)` (rank from 0), never below what a smaller p-value got. */
export function stepDown(pValues: readonly number[], adjust: (p: number, rank: number) => number): number[] {
  const adjusted: number[] = [];
  let last = 0;
  ascending(pValues).forEach((at, rank) => {
    adjusted[at] = last = Math.max(last, Math.min(1, adjust(pValues[at] as number, rank)));
  });
  return adjusted;
}

/** From the largest p-value down: `adjust(p, rank)` (rank from 0), never above what a larger p-value got. */
export function stepUp(pValues: readonly number[], adjust: (p: number, rank: number) => number): number[] {
  const adjusted: number[] = [];
  let last = 1;
  ascending(pValues)
    .map((at, rank) => [at, rank] as const)
    .reverse()
    .forEach(([at, rank]) => {
      adjusted[at] = last = Math.min(last, adjust(pValues[at] as number, rank));
    });
  return adjusted;
}
