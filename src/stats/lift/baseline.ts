import type { Estimate } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { normalTail, studentTail, type Tail } from "../inference/tail.js";
import { welchDf } from "../means/welch.js";
import { type SkewedArms, skewedArms } from "../skewed/pooled-skewness.js";
import { skewFlag } from "../skewed/skew-flag.js";

/** What every lift method starts from. */
export interface LiftInputs {
  readonly control: number;
  readonly treatment: number;
  /** Variances of the two means. */
  readonly controlVariance: number;
  readonly treatmentVariance: number;
  /** Cautions about the baseline and the skewness. */
  readonly flags: readonly string[];
  /** Both arms' moments where they carry a third one. */
  readonly arms?: SkewedArms;
  /** Reference distribution for two independent variances on these degrees of freedom. */
  tail(controlVariance: number, treatmentVariance: number): Tail;
}

/** Means, their variances, and what is to be said about the baseline. */
export function liftInputs(
  control: ScalarMoments,
  treatment: ScalarMoments,
  critical: "t" | "normal",
): LiftInputs {
  const controlVariance = control.m2 / (control.n - 1) / control.n;
  const treatmentVariance = treatment.m2 / (treatment.n - 1) / treatment.n;
  const arms = skewedArms(control, treatment);
  const flags: string[] = [...skewFlag(control, treatment)];
  if (control.mean < 0) flags.push("negative_baseline");
  if (Math.abs(control.mean) < 4 * Math.sqrt(controlVariance)) flags.push("near_zero_baseline");
  return {
    control: control.mean,
    treatment: treatment.mean,
    controlVariance,
    treatmentVariance,
    flags,
    ...(arms ? { arms } : {}),
    tail: (a, b) =>
      critical === "normal"
        ? normalTail
        : studentTail(welchDf({ variance: a, df: control.n - 1 }, { variance: b, df: treatment.n - 1 })),
  };
}

/** The typed outcome of a lift over nothing. */
export function zeroBaseline(method: string, level: number): Estimate {
  return {
    status: "undefined",
    method,
    reason: "the control's mean is zero (or nothing beside the treatment's), so there is no lift over it",
    level,
  };
}
