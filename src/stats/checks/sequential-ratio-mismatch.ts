import { stirlingError } from "../../distributions/index.js";
import { requireArray, requireNumber } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkCounts } from "./sample-ratio-mismatch.js";

/** What a sequential check of counts says. */
export interface SequentialMismatch {
  /** Natural logarithm of the Bayes factor against the meant shares. */
  readonly logBayesFactor: number;
  /** Valid at every look: min(1, 1/Bayes factor); take the smallest over the looks so far. */
  readonly pValue: number;
}

/** Natural logarithm of the Bayes factor of one Dirichlet prior; counts and shares are checked. */
function logFactor(
  observed: readonly number[],
  expected: readonly number[],
  { n, whole }: { readonly n: number; readonly whole: number },
  concentration: number,
): number {
  const k = observed.length;
  const grown = concentration + n;
  // Stirling's formula written out: its large terms cancel on paper instead of in floating point.
  let sum =
    ((k - 1) / 2) * -Math.log1p(n / concentration) - stirlingError(grown) + stirlingError(concentration);
  observed.forEach((count, i) => {
    const share = (expected[i] as number) / whole;
    const prior = concentration * share;
    const excess = (count - share * n) / (share * grown);
    const log = Math.log1p(excess);
    sum += share * grown * ((1 + excess) * log - excess) - log / 2;
    sum += stirlingError(prior + count) - stirlingError(prior);
  });
  return sum;
}

/**
 * Whether units fall into the variants as they were meant to, looked at as often as one likes: the Bayes factor of a
 * Dirichlet prior around the meant shares against the shares themselves.
 * @param observed       units per variant so far, integers ≥ 0, at least one unit in all
 * @param expected       share meant for each variant, positive, any scale
 * @param concentration  the prior's weight in units, > 0; default 10,000 watches for small mismatches among many units, 100
 *                       for large ones among few. Several are a mixture of as many priors, each with the same weight
 * @returns logBayesFactor and pValue in (0, 1]
 * @throws ExperimentError as `sampleRatioMismatch`; `out_of_range` at ["concentration"]; `insufficient_data` there for an
 *         empty list
 * @source Lindon & Malek (2022), "Anytime-valid inference for multinomial count data", NeurIPS
 * @checked test/reference/checks.json — mpmath 1.2.1, ssrm
 * @example
 * sequentialRatioMismatch([5000, 5100], [1, 1]).pValue; // 1
 * sequentialRatioMismatch([5000, 6000], [1, 1]).pValue; // 6.552e-11
 */
export function sequentialRatioMismatch(
  observed: readonly number[],
  expected: readonly number[],
  concentration: number | readonly number[] = 10_000,
): SequentialMismatch {
  const sums = checkCounts(observed, expected);
  const logs: number[] = [];
  if (typeof concentration === "number") {
    requireNumber(concentration, ["concentration"], { above: 0 });
    logs.push(logFactor(observed, expected, sums, concentration));
  } else {
    requireArray(concentration, ["concentration"]);
    requireUnits(concentration.length, ["concentration"], 1);
    for (const [i, each] of concentration.entries()) {
      requireNumber(each, ["concentration", i], { above: 0 });
      logs.push(logFactor(observed, expected, sums, each));
    }
  }
  const largest = Math.max(...logs);
  const mean = logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length;
  const logBayesFactor = largest + Math.log(mean);
  return { logBayesFactor, pValue: Math.min(1, Math.exp(-logBayesFactor)) };
}
