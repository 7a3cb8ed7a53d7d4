import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { checkArms } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";

/**
 * Student's t-test for a difference in means, one variance for both arms. Prefer `welch` unless the variances are
 * known to be equal.
 * @param control    moments of one value per unit, metric's unit; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control, metric's unit; df = n₁ + n₂ − 2; `degenerate` when both
 *          variances are zero
 * @throws ExperimentError as `welch`
 * @source Student (1908), Biometrika 6
 * @checked test/reference/means.json — mpmath 1.2.1, SciPy 1.10.1
 * @example
 * pooledT({ n: 20, mean: 10, m2: 80 }, { n: 22, mean: 11.5, m2: 90 }).pValue; // 0.02351
 */
export function pooledT(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkArms(control, treatment);
  const df = control.n + treatment.n - 2;
  const variance = ((control.m2 + treatment.m2) / df) * (1 / control.n + 1 / treatment.n);
  return symmetricEstimate(
    "pooled-t",
    treatment.mean - control.mean,
    Math.sqrt(variance),
    studentTail(df),
    options,
  );
}
