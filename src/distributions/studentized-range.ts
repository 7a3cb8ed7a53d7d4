import { power } from "../core/powers.js";
import { argument, degrees, probability, wholeNumber } from "./argument.js";
import { normalPdf, normalSurvival } from "./normal.js";
import { findTail } from "./root.js";
import { scaleAverage } from "./scale-average.js";
import { trapezoid } from "./trapezoid.js";

/** P(range of k standard normals > w), as a sum of positive terms over their minimum z. */
function rangeSurvival(w: number, k: number): number {
  return trapezoid(
    (z) => {
      const above = normalSurvival(z);
      const both = Math.min(normalSurvival(z + w) / above, 1);
      return -k * normalPdf(z) * power(above, k - 1) * Math.expm1((k - 1) * Math.log1p(-both));
    },
    -w - 9,
    9,
    0.3 / (1 + 0.3 * Math.log(k)),
  );
}

function survival(q: number, k: number, df: number): number {
  if (q <= 0) return 1;
  if (q === Infinity) return 0;
  return Math.min(
    scaleAverage((s) => rangeSurvival(q * s, k), df),
    1,
  );
}

function check(k: number, df: number): void {
  wholeNumber(k, "k", 2);
  degrees(df);
}

/**
 * Studentized range survival function, P(Q > q): Tukey's simultaneous p-value for the largest of all
 * pairwise differences among k means.
 * @param q   studentized range: √2 times the absolute t of a pair; 1 below 0
 * @param k   number of means compared, integer ≥ 2
 * @param df  degrees of freedom of the variance estimate > 0; Infinity for a known variance
 * @returns probability, relative error about 1e-10 in the upper tail too
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["q"], ["k"] or ["df"]
 * @source Tukey (1953); the trapezoidal rule over the smallest mean and over √(χ²/df)
 * @checked test/reference/multiple-comparisons.json — Gauss–Legendre quadrature, SciPy 1.17
 * @example
 * studentizedRangeSurvival(3.5, 3, 20); // 0.05589
 */
export function studentizedRangeSurvival(q: number, k: number, df: number): number {
  argument(q, "q");
  check(k, df);
  return survival(q, k, df);
}

/**
 * Studentized range distribution function, P(Q ≤ q).
 * @param q   studentized range; 0 below 0
 * @param k   number of means compared, integer ≥ 2
 * @param df  degrees of freedom of the variance estimate > 0; Infinity for a known variance
 * @returns probability, absolute error about 1e-12
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["q"], ["k"] or ["df"]
 * @source as `studentizedRangeSurvival`
 * @example
 * studentizedRangeCdf(3.5, 3, 20); // 0.9441
 */
export function studentizedRangeCdf(q: number, k: number, df: number): number {
  return 1 - studentizedRangeSurvival(q, k, df);
}

/**
 * Studentized range quantile of the upper tail: the q with P(Q > q) = p, Tukey's critical value at p = 1 − level.
 * @param p   probability in [0, 1]
 * @param k   number of means compared, integer ≥ 2
 * @param df  degrees of freedom of the variance estimate > 0; Infinity for a known variance
 * @returns q ≥ 0; Infinity at p = 0
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"], ["k"] or ["df"]
 * @source bracketed secant method on the logarithm of the tail
 * @example
 * studentizedRangeSurvivalQuantile(0.05, 3, 20); // 3.578
 */
export function studentizedRangeSurvivalQuantile(p: number, k: number, df: number): number {
  probability(p);
  check(k, df);
  return findTail((q) => survival(q, k, df), p, 0);
}

/**
 * Studentized range quantile: the q with P(Q ≤ q) = p.
 * @param p   probability in [0, 1]
 * @param k   number of means compared, integer ≥ 2
 * @param df  degrees of freedom of the variance estimate > 0; Infinity for a known variance
 * @returns q ≥ 0; Infinity at p = 1
 * @throws ExperimentError `wrong_type`, `not_finite`, `out_of_range` at ["p"], ["k"] or ["df"]
 * @source as `studentizedRangeSurvivalQuantile`
 * @example
 * studentizedRangeQuantile(0.95, 3, 20); // 3.578
 */
export function studentizedRangeQuantile(p: number, k: number, df: number): number {
  return studentizedRangeSurvivalQuantile(1 - probability(p), k, df);
}
