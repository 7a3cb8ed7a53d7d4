/** How much of a log speaks for a policy. */
export interface Overlap {
  readonly rounds: number;
  /** (Σ w)² / Σ w²: as many rounds played by the policy itself would say as much. */
  readonly effectiveSize: number;
  /** 1 in expectation where the propensities are true and the log could play whatever the policy plays. */
  readonly meanWeight: number;
  /** Standard error of the mean weight. */
  readonly meanWeightError: number;
  readonly largestWeight: number;
  /** Fraction of rounds whose action the policy would never have played. */
  readonly never: number;
}

/** (Σ v)² / Σ v²; 0 where all are zero. */
export function effectiveSize(weights: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const v of weights) {
    sum += v;
    squares += v * v;
  }
  return squares > 0 ? (sum / squares) * sum : 0;
}

/** @param weights  one per round, at least two */
export function overlapOf(weights: Float64Array): Overlap {
  const n = weights.length;
  let [mean, m2, largestWeight, never, count] = [0, 0, 0, 0, 0];
  for (const w of weights) {
    const gap = w - mean;
    mean += gap / ++count;
    m2 += gap * (w - mean);
    if (w > largestWeight) largestWeight = w;
    if (w === 0) never += 1;
  }
  return {
    rounds: n,
    effectiveSize: effectiveSize(weights),
    meanWeight: mean,
    meanWeightError: Math.sqrt(m2 / (n - 1) / n),
    largestWeight,
    never: never / n,
  };
}
