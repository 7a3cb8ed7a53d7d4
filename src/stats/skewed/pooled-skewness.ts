import type { ScalarMoments } from "../../core/moments.js";
import { cube } from "../../core/powers.js";

/** Both arms with third moments. */
export interface SkewedArms {
  readonly control: Required<Pick<ScalarMoments, "n" | "mean" | "m2" | "m3">>;
  readonly treatment: Required<Pick<ScalarMoments, "n" | "mean" | "m2" | "m3">>;
}

/** From this skewness of the compared statistic on, moments alone under-cover visibly; see docs/calibration.md. */
export const skewnessThreshold = 0.1;

/** Beyond this an expansion in the skewness means nothing; one unit in millions can claim any. */
const largestSkewness = 3;

/** The arms with their third moments, or undefined when an arm comes without. */
export function skewedArms(control: ScalarMoments, treatment: ScalarMoments): SkewedArms | undefined {
  return control.m3 === undefined || treatment.m3 === undefined
    ? undefined
    : ({ control, treatment } as SkewedArms);
}

/**
 * Skewness of treatment mean − ratio × control mean, with one shape of distribution for both arms (the control's
 * scaled by `ratio`): its third moment and variance are pooled. Equal arms then have none, which is true, while the
 * difference of two separate estimates would be mostly noise.
 */
export function pooledSkewness({ control, treatment }: SkewedArms, ratio: number): number {
  const n = control.n + treatment.n;
  const scale = cube(Math.abs(ratio));
  // No sample's Σ|d|³ exceeds (Σd²)^1.5; what does is rounding of values that hardly vary.
  const bound = treatment.m2 * Math.sqrt(treatment.m2) + scale * control.m2 * Math.sqrt(control.m2);
  const sum = treatment.m3 + Math.sign(ratio) * scale * control.m3;
  const third = Math.max(-bound, Math.min(bound, sum)) / n;
  const variance = (treatment.m2 + ratio * ratio * control.m2) / n;
  const [c, t] = [1 / control.n, 1 / treatment.n];
  const standardError = Math.sqrt(variance * (t + c));
  if (!(standardError > 0)) return 0;
  const skewness = ((third / standardError) * ((t - c) * (t + c))) / standardError / standardError;
  return Math.max(-largestSkewness, Math.min(largestSkewness, skewness));
}
