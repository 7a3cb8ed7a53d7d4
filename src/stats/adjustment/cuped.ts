import type { Estimate } from "../../core/estimate.js";
import type { Moments, ScalarMoments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { readLevel } from "../inference/read-options.js";
import { degenerate, symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";
import { type LiftOptions, liftEstimate, liftFields } from "../lift/lift.js";
import { welchEstimate } from "../means/welch.js";
import { scalar } from "../moments/scalar.js";
import { type AdjustedArms, adjustedArms, checkCovariateArms, type SlopeSource } from "./adjusted-arms.js";
import { type CovariateHealth, covariateHealth } from "./covariate-health.js";

/** Options of {@link cuped}. */
export interface CupedOptions extends LiftOptions {
  /** Default `"within"`. */
  readonly slope?: SlopeSource;
}

/** The keys of {@link CupedOptions}. */
export const cupedFields = {
  ...liftFields,
  slope: { kind: "word", of: ["within", "joint", "separate"], optional: true },
} as const satisfies FieldsFor<CupedOptions>;

/** A comparison with and without adjustment, side by side. */
export interface AdjustedComparison {
  readonly raw: { readonly difference: Estimate; readonly lift: Estimate };
  readonly adjusted: { readonly difference: Estimate; readonly lift: Estimate };
  readonly slopes: AdjustedArms["slopes"];
  readonly health: CovariateHealth;
}

/** Difference of adjusted means, Satterthwaite's df over the arms' variances and what slopes that differ add. */
export function adjustedDifference(method: string, arms: AdjustedArms, options: CupedOptions): Estimate {
  const parts = [arms.control, arms.treatment].map(({ n, m2 }) => ({
    variance: m2 / (n - 1) / n,
    df: n - 1,
  }));
  if (arms.extraVariance > 0)
    parts.push({ variance: arms.extraVariance, df: arms.control.n + arms.treatment.n - 1 });
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const value = arms.treatment.mean - arms.control.mean;
  if (variance === 0) return degenerate(method, value, readLevel(options));
  const df = 1 / parts.reduce((sum, part) => sum + square(part.variance / variance) / part.df, 0);
  return symmetricEstimate(method, value, Math.sqrt(variance), studentTail(df), options);
}

/** Arms as a lift can take them: what slopes that differ add is shared out over both. */
function armsForLift({ control, treatment, extraVariance }: AdjustedArms): [ScalarMoments, ScalarMoments] {
  const widen = (arm: ScalarMoments) => ({ ...arm, m2: arm.m2 + (extraVariance / 2) * (arm.n - 1) * arm.n });
  return [widen(control), widen(treatment)];
}

/**
 * CUPED: the difference in a mean, adjusted for what the units were like before the experiment, beside the raw one
 * and a health check. Works on moments, so it merges over cells, and with any number of covariates. Covariates must
 * not depend on the treatment.
 * @param control    moments of several values per unit: the outcome first, then the covariates (for missing values
 *                   see `covariateMoments`); n ≥ covariates + 2
 * @param treatment  the same of the other arm
 * @param options    slope: `"within"` (default), `"joint"`, `"separate"`; and those of `lift`
 * @returns raw and adjusted difference (`welch`, `cuped-<slope>`) and lift, the slopes and the health
 * @throws ExperimentError what `checkMoments` throws; `wrong_length` at [arm, "names"] without covariates;
 *         `insufficient_data` at [arm, "n"]; `mismatched_names` at ["treatment", "names"]; `unknown_name` at
 *         ["options", "slope"]; `unknown_key` at ["options", …]; `out_of_range` at ["options", "level"]
 * @source Deng, Xu, Kohavi & Walker (2013), WSDM; Lin (2013), Annals of Applied Statistics 7, for separate slopes
 * @checked test/reference/adjustment.json — mpmath 1.2.1, gbstats 0.8.0, tea-tasting
 * @example
 * const names = ["spend", "before"];
 * const arm = (n: number, mean: number) => ({ n, names, mean: [mean, 10], comoment: [4 * n, 3 * n, 4 * n] });
 * const { raw, adjusted } = cuped(arm(500, 10), arm(480, 10.2));
 * raw.difference.pValue; // 0.1183
 * adjusted.difference.pValue; // 0.0183
 */
export function cuped(control: Moments, treatment: Moments, options: CupedOptions = {}): AdjustedComparison {
  checkOptions(options, cupedFields);
  checkCovariateArms(control, treatment);
  return cupedComparison(control, treatment, options);
}

/** `cuped` of arms and options that were checked. */
export function cupedComparison(
  control: Moments,
  treatment: Moments,
  options: CupedOptions,
): AdjustedComparison {
  const { slope = "within" } = options;
  const arms = adjustedArms(control, treatment, slope);
  const [c, t] = [scalar(control), scalar(treatment)];
  const raw = { difference: welchEstimate(c, t, options), lift: liftEstimate(c, t, options) };
  const difference = adjustedDifference(`cuped-${slope}`, arms, options);
  const reduction =
    raw.difference.status === "ok" && difference.status === "ok"
      ? 1 - square(difference.standardError / raw.difference.standardError)
      : 0;
  return {
    raw,
    adjusted: { difference, lift: liftEstimate(...armsForLift(arms), options) },
    slopes: arms.slopes,
    health: covariateHealth(control, treatment, reduction, arms.dropped),
  };
}
