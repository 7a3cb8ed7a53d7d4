import { stirlingError } from "../../distributions/index.js";
import { requireNumber } from "../../errors/index.js";
import { checkCounts } from "./sample-ratio-mismatch.js";

/** What a sequential check of counts says. */
export interface SequentialMismatch {
  /** Natural logarithm of the Bayes factor against the meant shares. */
  readonly logBayesFactor: number;
  /** Valid at every look: min(1, 1/Bayes factor); take the smallest over the looks so far. */
  readonly pValue: number;
}

/**
 * Whether units fall into the variants as they were meant to, looked at as often as one likes: the Bayes factor of a
 * Dirichlet prior around the meant shares against the shares themselves.
 * @param observed       units per variant so far, integers ≥ 0, at least one unit in all
 * @param expected       share meant for each variant, positive, any scale
 * @param concentration  the prior's weight in units, > 0; default 10,000 watches for small mismatches
 * @returns logBayesFactor and pValue in (0, 1]
 * @throws ExperimentError as `sampleRatioMismatch`; `out_of_range` at ["concentration"]
 * @source Lindon & Malek (2022), "Anytime-valid inference for multinomial count data", NeurIPS
 * @checked test/reference/checks.json — mpmath 1.2.1, ssrm
 * @example
 * sequentialRatioMismatch([5000, 5100], [1, 1]).pValue; // 1
 * sequentialRatioMismatch([5000, 6000], [1, 1]).pValue; // 6.552e-11
 */
export function sequentialRatioMismatch(
  observed: readonly number[],
  expected: readonly number[],
  concentration = 10_000,
): SequentialMismatch {
  const { n, whole } = checkCounts(observed, expected);
  requireNumber(concentration, ["concentration"], { above: 0 });
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
  return { logBayesFactor: sum, pValue: Math.min(1, Math.exp(-sum)) };
}
