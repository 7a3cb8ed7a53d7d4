import { ascending } from "./step.js";

/**
 * Hommel's closed test of Simes. Familywise, independent or positively dependent tests; more powerful than Hochberg.
 * Takes time quadratic in the number of p-values.
 * @param pValues  p-values in [0, 1], any order
 * @returns adjusted p-values in [0, 1], in the order given
 * @source Hommel (1988), Biometrika 75; Wright (1992), Biometrics 48, for the adjusted values
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at ["pValues"] or ["pValues", i]
 * @checked test/reference/corrections.json — statsmodels 0.13.5, R 4.2.2
 * @example
 * hommel([0.01, 0.04, 0.03, 0.2]); // [0.04, 0.08, 0.06, 0.2]
 */
export function hommel(pValues: readonly number[]): number[] {
  const sorted = ascending(pValues);
  const n = sorted.length;
  const adjusted = sorted.slice();
  for (let m = n; m > 1; m--) {
    let simes = 1;
    for (let j = 1; j <= m; j++) simes = Math.min(simes, (m * (sorted[n - m + j - 1] ?? 1)) / j);
    for (let i = 0; i < n; i++) {
      const bound = i >= n - m ? simes : Math.min(simes, m * (sorted[i] ?? 1));
      adjusted[i] = Math.max(adjusted[i] ?? 1, bound);
    }
  }
  return pValues.map((p) => adjusted[sorted.lastIndexOf(p)] ?? 1);
}
