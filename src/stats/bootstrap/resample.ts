import { type ErrorPath, requireNumber } from "../../errors/index.js";
import { type RandomSource, sampleBinomial } from "../../random/index.js";

/** Mean and its variance. */
export interface MeanVariance {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Draws with replacement from values that may be mostly zero: how many draws are not zero is one binomial number, so
 * that a draw costs as many steps as there are non-zero values.
 * @returns a function that draws once and gives the draw's mean and that mean's variance
 * @throws ExperimentError `missing_value`, `wrong_type` or `not_finite` at the path's index
 */
export function resampler(
  values: ArrayLike<number>,
  path: ErrorPath,
): (random: RandomSource) => MeanVariance {
  const n = values.length;
  const rest: number[] = [];
  for (let i = 0; i < n; i++) {
    const x = values[i] as number;
    requireNumber(x, [...path, i]);
    if (x !== 0) rest.push(x);
  }
  const k = rest.length;
  const list = Float64Array.from(rest);
  return (random) => {
    const drawn = k === n ? n : sampleBinomial(random, n, k / n);
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < drawn; i++) {
      const x = list[Math.floor(random.next() * k)] as number;
      sum += x;
      squares += x * x;
    }
    const mean = sum / n;
    return { mean, variance: Math.max(0, squares - sum * mean) / (n - 1) / n };
  };
}
