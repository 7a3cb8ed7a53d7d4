import type { Moments, ScalarMoments } from "../../core/moments.js";
import { type ErrorPath, ExperimentError, mismatched_names, wrong_length } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkMoments } from "../moments/check-moments.js";
import { mergeMoments } from "../moments/merge-moments.js";
import { residualSquares, slopesOf } from "./slopes.js";

/**
 * Where the slope comes from: within arms (analysis of covariance), all units as one group (gbstats, tea-tasting),
 * or each arm its own (Lin), which never costs precision in large samples.
 */
export type SlopeSource = "within" | "joint" | "separate";

/** Arms whose outcome has been adjusted for the covariates' imbalance. */
export interface AdjustedArms {
  readonly control: ScalarMoments;
  readonly treatment: ScalarMoments;
  /** Variance of the difference beyond that of the two arms, from slopes that differ. */
  readonly extraVariance: number;
  readonly slopes: { readonly control: readonly number[]; readonly treatment: readonly number[] };
  /** Names of covariates that carry no information of their own. */
  readonly dropped: readonly string[];
}

const add = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + (b[i] as number));

/** The family of slopes: comoments that each arm's slope is read from, control then treatment. */
const sources = {
  within: (c: Moments, t: Moments) => {
    const pooled = add(c.comoment, t.comoment);
    return [pooled, pooled] as const;
  },
  joint: (c: Moments, t: Moments) => {
    const pooled = mergeMoments(c, t).comoment;
    return [pooled, pooled] as const;
  },
  separate: (c: Moments, t: Moments) => [c.comoment, t.comoment] as const,
} as const;

/** Refuses arms that cannot be adjusted; paths begin with `path`, then `control` or `treatment`. */
export function checkCovariateArms(control: Moments, treatment: Moments, path: ErrorPath = []): void {
  for (const [arm, moments] of [["control", control] as const, ["treatment", treatment] as const]) {
    checkMoments(moments, [...path, arm]);
    const k = moments.names.length - 1;
    if (k < 1)
      throw new ExperimentError({ wrong_length }, [...path, arm, "names"], moments.names.length, {
        expected: { atLeast: 2 },
      });
    requireUnits(moments.n, [...path, arm, "n"], k + 2);
  }
  if (control.names.join("\n") !== treatment.names.join("\n"))
    throw new ExperimentError(
      { mismatched_names },
      [...path, "treatment", "names"],
      treatment.names.join(", "),
      { known: control.names },
    );
}

/** Adjusts the first value's mean in both arms to the covariates' overall means. */
export function adjustedArms(control: Moments, treatment: Moments, slope: SlopeSource): AdjustedArms {
  const k = control.names.length - 1;
  const [forControl, forTreatment] = sources[slope](control, treatment);
  const [c, t] = [slopesOf(forControl, k), slopesOf(forTreatment, k)];
  const all = mergeMoments(control, treatment);
  // Slopes of an arm's own have been fitted to its own residuals.
  const spent = (n: number) => (slope === "separate" ? (n - 1) / (n - 1 - k) : 1);
  const arm = (moments: Moments, slopes: readonly number[]): ScalarMoments => ({
    n: moments.n,
    mean: slopes.reduce(
      (mean, theta, i) => mean - theta * ((moments.mean[i + 1] as number) - (all.mean[i + 1] as number)),
      moments.mean[0] as number,
    ),
    m2: residualSquares(moments, slopes) * spent(moments.n),
  });
  // The overall covariate means are themselves estimated; that matters only where the slopes differ.
  const gap = [0, ...t.slopes.map((theta, i) => theta - (c.slopes[i] as number))];
  const spread = residualSquares({ ...all, comoment: outcomeFree(all.comoment) }, gap.slice(1));
  return {
    control: arm(control, c.slopes),
    treatment: arm(treatment, t.slopes),
    extraVariance: slope === "separate" ? spread / (all.n - 1) / all.n : 0,
    slopes: { control: c.slopes, treatment: t.slopes },
    dropped: c.dropped.filter((i) => t.dropped.includes(i)).map((i) => control.names[i + 1] as string),
  };
}

/** The comoments with the outcome held at zero, so that a quadratic form runs over the covariates alone. */
function outcomeFree(comoment: readonly number[]): number[] {
  let row = 0;
  return comoment.map((value, at) => {
    if (at === (row * (row + 1)) / 2) {
      row += 1;
      return 0;
    }
    return value;
  });
}
