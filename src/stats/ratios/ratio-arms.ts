import type { Estimate } from "../../core/estimate.js";
import type { Moments, ScalarMoments } from "../../core/moments.js";
import { requireUnits } from "../inference/check-arms.js";
import { linearize } from "./linearize.js";

/** Both arms as linearised ratios, or the typed outcome of a denominator that may be zero. */
export type RatioArms =
  | { readonly control: ScalarMoments; readonly treatment: ScalarMoments }
  | { readonly failure: Estimate };

/**
 * Refuses what are not moments of two values of two units.
 * @throws ExperimentError what `linearize` throws; `insufficient_data` at [arm, "n"]
 */
export function checkRatioArms(control: Moments, treatment: Moments): void {
  for (const [moments, arm] of [
    [control, "control"],
    [treatment, "treatment"],
  ] as const) {
    linearize(moments, [arm]);
    requireUnits(moments.n, [arm, "n"], 2);
  }
}

function denominatorScore(moments: Moments): number {
  const m2 = moments.comoment[2] as number;
  return Math.abs(moments.mean[1] as number) / Math.sqrt(m2 / (moments.n - 1) / moments.n);
}

/** Linearises both arms; `critical` is the normal point of the level's interval. */
export function ratioArms(
  control: Moments,
  treatment: Moments,
  method: string,
  level: number,
  critical: number,
): RatioArms {
  const arms: ScalarMoments[] = [];
  for (const [moments, arm] of [
    [control, "control"],
    [treatment, "treatment"],
  ] as const) {
    const linear = linearize(moments, [arm]);
    if (!linear)
      return {
        failure: { status: "undefined", method, reason: `the ${arm}'s mean denominator is zero`, level },
      };
    if (denominatorScore(moments) <= critical)
      return {
        failure: {
          status: "unbounded",
          method,
          reason: `the ${arm}'s mean denominator cannot be distinguished from zero at this level`,
          level,
        },
      };
    arms.push(linear);
  }
  return { control: arms[0] as ScalarMoments, treatment: arms[1] as ScalarMoments };
}
