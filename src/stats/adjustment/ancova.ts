import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { packedIndex } from "../../linear/index.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";
import { adjustedArms, checkCovariateArms } from "./adjusted-arms.js";
import { slopesOf } from "./slopes.js";

/**
 * Analysis of covariance from moments: the treatment's coefficient of a least-squares fit on treatment and covariates
 * with one residual variance. `cuped` is to be preferred, as it lets the arms' variances differ.
 * @param control    moments of several values per unit: the outcome first, then the covariates
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = adjusted treatment − control; statistic t on n − covariates − 2 df; `degenerate` when
 *          the fit leaves no residual
 * @throws ExperimentError as `cuped`
 * @source Fisher (1932), Statistical Methods for Research Workers
 * @checked test/reference/adjustment.json — statsmodels 0.13.5
 * @example
 * const names = ["spend", "before"];
 * const arm = (n: number, mean: number) => ({ n, names, mean: [mean, 10], comoment: [4 * n, 3 * n, 4 * n] });
 * ancova(arm(500, 10), arm(480, 10.2)).pValue; // 0.01836
 */
export function ancova(control: Moments, treatment: Moments, options: EstimateOptions = {}): Estimate {
  checkOptions(options, estimateFields);
  checkCovariateArms(control, treatment);
  const k = control.names.length - 1;
  const arms = adjustedArms(control, treatment, "within");
  const df = control.n + treatment.n - 2 - (k - arms.dropped.length);
  const gaps = control.names
    .slice(1)
    .map((_, i) => (treatment.mean[i + 1] as number) - (control.mean[i + 1] as number));
  const pooled = control.comoment.map((value, i) => value + (treatment.comoment[i] as number));
  for (let i = 1; i <= k; i++) pooled[packedIndex(i, 0)] = gaps[i - 1] as number;
  const leverage = slopesOf(pooled, k).slopes.reduce(
    (sum, weight, i) => sum + weight * (gaps[i] as number),
    0,
  );
  const variance =
    ((arms.control.m2 + arms.treatment.m2) / df) * (1 / control.n + 1 / treatment.n + leverage);
  return symmetricEstimate(
    "ancova",
    arms.treatment.mean - arms.control.mean,
    Math.sqrt(variance),
    studentTail(df),
    options,
  );
}
