import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { checkArms } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { degenerate, symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";
import { skewFlag } from "../skewed/skew-flag.js";

/**
 * Satterthwaite's degrees of freedom of a sum of independent variances.
 * @param control    variance of one mean and its degrees of freedom
 * @param treatment  the other's
 * @returns degrees of freedom, between the smaller of the two and their sum
 * @source Satterthwaite (1946), Biometrics Bulletin 2
 */
export function welchDf(
  control: { variance: number; df: number },
  treatment: { variance: number; df: number },
): number {
  // As shares of the sum, so that tiny variances do not underflow when squared.
  const total = control.variance + treatment.variance;
  const a = control.variance / total;
  const b = treatment.variance / total;
  return 1 / ((a * a) / control.df + (b * b) / treatment.df);
}

/**
 * Welch's t-test for a difference in means, unequal variances.
 * @param control    moments of one value per unit, metric's unit; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control, metric's unit; statistic is t, df Satterthwaite's;
 *          `degenerate` when both variances are zero; flagged `skewed` where third moments say that its interval
 *          under-covers, see `meanDifference`
 * @throws ExperimentError `insufficient_data` at ["control", "n"] or ["treatment", "n"]; `negative_variance`,
 *         `negative_count`, `not_finite` at the field; `out_of_range` at ["options", "level"]
 * @source Welch (1947), Biometrika 34
 * @checked test/reference/means.json — mpmath 1.2.1, SciPy 1.10.1
 * @example
 * const difference = welch({ n: 20, mean: 10, m2: 80 }, { n: 22, mean: 11.5, m2: 90 });
 * difference.value; // 1.5
 * difference.pValue; // 0.0235
 * difference.status === "ok" && difference.interval; // [0.213, 2.787]
 */
export function welch(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkArms(control, treatment);
  return welchEstimate(control, treatment, options);
}

/** `welch` of arms and options that were checked. */
export function welchEstimate(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: EstimateOptions,
): Estimate {
  const a = { variance: control.m2 / (control.n - 1) / control.n, df: control.n - 1 };
  const b = { variance: treatment.m2 / (treatment.n - 1) / treatment.n, df: treatment.n - 1 };
  const value = treatment.mean - control.mean;
  const variance = a.variance + b.variance;
  if (variance === 0) return degenerate("welch", value, readLevel(options));
  return symmetricEstimate(
    "welch",
    value,
    Math.sqrt(variance),
    studentTail(welchDf(a, b)),
    options,
    skewFlag(control, treatment),
  );
}
