import type { Moments } from "../../core/moments.js";
import { packedIndex } from "../../linear/index.js";

/** Slopes of the first value on the others, and which of the others carry no information of their own. */
export interface Slopes {
  /** One a covariate; 0 for a dropped one. */
  readonly slopes: readonly number[];
  /** Positions of covariates that are constant or follow from the ones before. */
  readonly dropped: readonly number[];
}

/**
 * Least-squares slopes from a packed comoment matrix, outcome first, by elimination of one covariate after the other;
 * a covariate whose variation the ones before it explain (to 1e-10) is left out rather than divided by.
 */
export function slopesOf(comoment: readonly number[], covariates: number): Slopes {
  // Rows: a covariate's comoments with the covariates, then with the outcome.
  const rows = Array.from({ length: covariates }, (_, i) => [
    ...Array.from({ length: covariates }, (_, j) => comoment[packedIndex(i + 1, j + 1)] as number),
    comoment[packedIndex(i + 1, 0)] as number,
  ]);
  const dropped: number[] = [];
  for (let p = 0; p < covariates; p++) {
    const pivotRow = rows[p] as number[];
    const pivot = pivotRow[p] as number;
    if (!(pivot > 1e-10 * (comoment[packedIndex(p + 1, p + 1)] as number))) {
      dropped.push(p);
      continue;
    }
    rows.forEach((row, i) => {
      if (i === p) return;
      const factor = (row[p] as number) / pivot;
      for (let j = p; j <= covariates; j++) row[j] = (row[j] as number) - factor * (pivotRow[j] as number);
    });
  }
  const slopes = rows.map((row, p) =>
    dropped.includes(p) ? 0 : (row[covariates] as number) / (row[p] as number),
  );
  return { slopes, dropped };
}

/** Σ (y − θ'x)² about its mean, from comoments. */
export function residualSquares({ comoment }: Moments, slopes: readonly number[]): number {
  const weights = [1, ...slopes.map((slope) => -slope)];
  let sum = 0;
  let size = 0;
  weights.forEach((wi, i) => {
    weights.forEach((wj, j) => {
      const term = wi * wj * (comoment[packedIndex(i, j)] as number);
      sum += term;
      size += Math.abs(term);
    });
  });
  // A residual below the rounding of its terms counts as zero.
  return sum > 4 * Number.EPSILON * size ? sum : 0;
}
