import type { RandomSource } from "../../random/index.js";
import type { Contributions } from "./contributions.js";
import { sumsByUnit, type UnitIndex } from "./unit-index.js";

/** Sorted estimates of resampled logs. */
export interface Resampled {
  readonly values: Float64Array;
  /** Of the gain over what the log earned. */
  readonly gains: Float64Array;
}

/**
 * Estimates of logs drawn from the log with replacement, unit by unit; mean weights are drawn anew with them.
 * @source Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 8
 */
export function bootstrapValues(
  { base, weighted, weights, normalized }: Contributions,
  rewards: ArrayLike<number>,
  units: UnitIndex | undefined,
  random: RandomSource,
  replicates: number,
): Resampled {
  const column = (values: ArrayLike<number>) => sumsByUnit(Float64Array.from(values), units);
  const plain = column(weighted);
  const [bases, own] = [base && column(base), column(rewards)];
  const divisors = normalized ? column(weights) : undefined;
  const sizes = units && sumsByUnit(new Float64Array(weighted.length).fill(1), units);
  const count = plain.length;
  const values = new Float64Array(replicates);
  const gains = new Float64Array(replicates);
  for (let r = 0; r < replicates; r++) {
    let [sum, first, divisor, logged, rounds] = [0, 0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const at = Math.floor(random.next() * count);
      sum += plain[at] as number;
      logged += own[at] as number;
      rounds += sizes ? (sizes[at] as number) : 1;
      if (bases) first += bases[at] as number;
      if (divisors) divisor += divisors[at] as number;
    }
    const correction = divisors ? (divisor > 0 ? sum / divisor : 0) : sum / rounds;
    const value = first / rounds + correction;
    values[r] = value;
    gains[r] = value - logged / rounds;
  }
  return { values: values.sort(), gains: gains.sort() };
}
