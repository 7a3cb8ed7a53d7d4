import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import { requireArray, requireObject } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkArm, requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";

/** One stratum of a comparison. */
export interface Stratum {
  readonly control: ScalarMoments;
  readonly treatment: ScalarMoments;
}

/** Options of {@link postStratify}. */
export interface PostStratifyOptions extends EstimateOptions {
  /**
   * `"unconditional"` (default) counts the strata's sizes as random, which they are unless fixed by design;
   * `"conditional"` takes them as given.
   */
  readonly variance?: "unconditional" | "conditional";
}

/** The keys of {@link PostStratifyOptions}. */
export const postStratifyFields = {
  ...estimateFields,
  variance: { kind: "word", of: ["unconditional", "conditional"], optional: true },
} as const satisfies FieldsFor<PostStratifyOptions>;

/**
 * Difference in means within strata, weighted by each stratum's share of all units: what the difference would be
 * had both arms the same mix.
 * @param strata   both arms' moments of one value per unit in every stratum; n ≥ 2 in each
 * @param options  variance, level (default 0.95), alternative (default two-sided)
 * @returns Estimate: value = Σ share × (treatment − control); statistic t with Satterthwaite's df over all cells;
 *          `degenerate` when nothing varies
 * @throws ExperimentError `insufficient_data` at ["strata"] or ["strata", i, "control", "n"]; `negative_variance`,
 *         `negative_count`, `not_finite` at the field; `out_of_range` at ["options", "level"]; `unknown_name` at
 *         ["options", "variance"]; `unknown_key` at ["options", …]
 * @source Miratrix, Sekhon & Yu (2013), JRSS B 75
 * @checked test/reference/strata.json — mpmath 1.2.1, gbstats 0.8.0
 * @example
 * const strata = [
 *   { control: { n: 500, mean: 10, m2: 2000 }, treatment: { n: 480, mean: 10.2, m2: 2000 } },
 *   { control: { n: 90, mean: 14, m2: 500 }, treatment: { n: 110, mean: 14.4, m2: 500 } },
 * ];
 * postStratify(strata).value; // 0.2339
 */
export function postStratify(strata: readonly Stratum[], options: PostStratifyOptions = {}): Estimate {
  checkOptions(options, postStratifyFields);
  requireArray(strata, ["strata"]);
  requireUnits(strata.length, ["strata"], 1);
  const { variance: kind = "unconditional" } = options;
  let units = 0;
  strata.forEach((stratum, i) => {
    requireObject(stratum, ["strata", i]);
    const { control, treatment } = stratum;
    checkArm(control, ["strata", i, "control"]);
    checkArm(treatment, ["strata", i, "treatment"]);
    units += control.n + treatment.n;
  });
  let value = 0;
  let spread = 0;
  let weights = 0;
  let variance = 0;
  const parts: { variance: number; df: number }[] = [];
  for (const { control, treatment } of strata) {
    const size = control.n + treatment.n;
    const share = size / units;
    const difference = treatment.mean - control.mean;
    // Welford's update with shares as weights: the effect's mean and its spread between strata.
    weights += share;
    const delta = difference - value;
    value += (delta * share) / weights;
    spread += share * delta * (difference - value);
    for (const arm of [control, treatment]) {
      const part = share * share * (arm.m2 / (arm.n - 1) / arm.n);
      variance += part;
      parts.push({ variance: part, df: arm.n - 1 });
    }
  }
  const between = kind === "unconditional" ? spread / units : 0;
  const total = variance + between;
  if (between > 0) parts.push({ variance: between, df: units - 1 });
  let df = 0;
  for (const part of parts) df += square(part.variance / total) / part.df;
  return symmetricEstimate(
    kind === "unconditional" ? "post-stratified" : "post-stratified-conditional",
    value,
    Math.sqrt(total),
    studentTail(total > 0 ? 1 / df : 1),
    options,
  );
}
