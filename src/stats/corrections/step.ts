// A plain RangeError: the table and class of ExperimentError would triple an importer of one correction.
// `adjust` is the door that throws those.
/** Positions of the p-values from the smallest up; refuses what is no probability. */
export function ascending(pValues: readonly number[]): number[] {
  return pValues
    .map((p, i) => {
      if (p >= 0 && p <= 1) return i;
      throw RangeError("p-value");
    })
    .sort((a, b) => (pValues[a] as number) - (pValues[b] as number));
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
