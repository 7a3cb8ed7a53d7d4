import type { ScalarMoments } from "../../../core/moments.js";
import { requireArray } from "../../../errors/index.js";
import { type FieldsFor, requireShape } from "../../../shapes/index.js";
import { checkArm, requireUnits } from "../../inference/check-arms.js";
import { studentLaw } from "../laws/student-law.js";
import { type ArmModel, aboveZero } from "./arm-model.js";
import { type NormalPrior, normalPosterior } from "./normal-posterior.js";
import { weakNormal } from "./weak-normal.js";

const fields = {
  mean: { kind: "number" },
  n: aboveZero,
  shape: aboveZero,
  scale: aboveZero,
} as const satisfies FieldsFor<NormalPrior>;

/** Means of values whose variance is unknown. */
export const normal = {
  fields: { ...fields, shape: { kind: "number", above: 0.5 } },
  law: ({ mean, n, shape, scale }) => studentLaw(mean, Math.sqrt(scale / shape / n), 2 * shape),
} as const satisfies ArmModel<NormalPrior>;

/**
 * What is believed about an arm's mean after its units: normal values, mean and variance unknown (normal–inverse-gamma), so
 * that the mean has a t distribution. Right for large samples of anything that has a variance.
 * @param arm    moments of one value per unit; n ≥ 2
 * @param prior  mean, how many values it is worth (n > 0), shape and scale of the variance's inverse gamma (> 0), in the
 *               metric's unit; e.g. `meanPrior` of all arms
 * @returns the parameters after the data, for `compareArms` and `rankArms`
 * @throws ExperimentError at ["arm", …] as `welch`; `out_of_range` or `not_finite` at ["prior", field]
 * @source Gelman et al. (2013), Bayesian Data Analysis, 3.3
 * @example
 * meanPosterior({ n: 99, mean: 5, m2: 396 }, { mean: 5, n: 1, shape: 1, scale: 4 }).scale; // 202
 */
export function meanPosterior(arm: ScalarMoments, prior: NormalPrior) {
  checkArm(arm, ["arm"]);
  requireShape(prior, { kind: "object", has: fields }, ["prior"]);
  return { model: "normal", ...normalPosterior(prior, [arm.n, arm.mean, arm.m2]) } as const;
}

/**
 * A weak prior of a mean, worth one value: the mean of all arms together, and the variance within them; the same for each
 * arm, so that it pulls them together by next to nothing.
 * @param arms  moments of one value per unit, at least one arm; n ≥ 2
 * @returns a proper prior for {@link meanPosterior}
 * @throws ExperimentError at ["arms", i, …] as `welch`; `out_of_range` at ["arms"] where nothing varies
 * @source Kass & Wasserman (1995), JASA 90: a prior worth one unit
 * @example
 * meanPrior([{ n: 101, mean: 5, m2: 400 }, { n: 101, mean: 7, m2: 400 }]); // { mean: 6, n: 1, shape: 1, scale: 4 }
 */
export function meanPrior(arms: readonly ScalarMoments[]): NormalPrior {
  requireArray(arms, ["arms"]);
  requireUnits(arms.length, ["arms"], 1);
  for (const [i, arm] of arms.entries()) checkArm(arm, ["arms", i]);
  return weakNormal(arms, ["arms"]);
}
