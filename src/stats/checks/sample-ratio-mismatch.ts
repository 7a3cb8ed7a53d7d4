import { chiSquareLogSurvival, chiSquareSurvival } from "../../distributions/index.js";
import { ExperimentError, requireArray, requireNumber, wrong_length } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { requireCount } from "../moments/require-count.js";
import { exactMismatch } from "./exact-mismatch.js";

/** What a check of counts says: χ², and its exact probability where counts are small. */
export interface SampleRatioMismatch {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
  /** Natural logarithm of the p-value, finite where the p-value itself underflows. */
  readonly logPValue: number;
}

/** Counts and shares that fit each other, and their sums; see {@link sampleRatioMismatch} for what is refused. */
export function checkCounts(
  observed: readonly number[],
  expected: readonly number[],
): { n: number; whole: number } {
  requireArray(observed, ["observed"]);
  requireArray(expected, ["expected"]);
  requireUnits(observed.length, ["observed"], 2);
  if (expected.length !== observed.length)
    throw new ExperimentError({ wrong_length }, ["expected"], expected.length, {
      expected: { length: observed.length },
      other: "observed",
    });
  let n = 0;
  let whole = 0;
  observed.forEach((count, i) => {
    requireCount(count, ["observed", i]);
    const share = expected[i];
    requireNumber(share, ["expected", i], { above: 0 });
    n += count;
    whole += share;
  });
  requireUnits(n, ["observed"], 1);
  return { n, whole };
}

/**
 * Whether units fell into the variants as they were meant to: Pearson's χ² of counts against shares. Where a variant
 * expects fewer than 50 units, its p-value is exact as far as the ways to fall can be gone through (200,000): the χ²
 * distribution gives 1.6 % false alarms instead of 0.1 % at 99 to 1 among 50 units.
 * @param observed  units per variant, integers ≥ 0, at least one unit in all
 * @param expected  share meant for each variant, positive, any scale (fractions, weights or expected counts)
 * @returns statistic χ², df = variants − 1, pValue in [0, 1] and its natural logarithm
 * @throws ExperimentError `insufficient_data` at ["observed"] for fewer than two variants or no units at all;
 *         `wrong_length` at ["expected"]; `negative_count` at ["observed", i]; `out_of_range` at ["expected", i]
 * @source Fabijan et al. (2019), KDD, "Diagnosing sample ratio mismatch"; Pearson (1900)
 * @checked test/reference/checks.json — mpmath 1.2.1, SciPy 1.10.1
 * @example
 * sampleRatioMismatch([500_000, 505_000], [1, 1]).pValue; // 6.115e-7
 */
export function sampleRatioMismatch(
  observed: readonly number[],
  expected: readonly number[],
): SampleRatioMismatch {
  const { n, whole } = checkCounts(observed, expected);
  let statistic = 0;
  observed.forEach((count, i) => {
    const mean = n * ((expected[i] as number) / whole);
    statistic += ((count - mean) * (count - mean)) / mean;
  });
  const df = observed.length - 1;
  const shares = expected.map((share) => share / whole);
  const exact = exactMismatch(n, shares, statistic);
  if (exact !== undefined && exact > 0) return { statistic, df, pValue: exact, logPValue: Math.log(exact) };
  return {
    statistic,
    df,
    pValue: chiSquareSurvival(statistic, df),
    logPValue: chiSquareLogSurvival(statistic, df),
  };
}
