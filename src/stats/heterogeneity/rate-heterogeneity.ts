import { requireArray, requireMethod, requireObject } from "../../errors/index.js";
import type { RandomSource } from "../../random/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { checkProportion } from "../proportions/proportion.js";
import type { ProportionStratum } from "../stratified/cochran-mantel-haenszel.js";
import type { EffectScale, LevelsTest } from "./level-table.js";
import { rateLevelsTest } from "./rate-levels-test.js";

/** Options of {@link rateHeterogeneity}. */
export interface RateHeterogeneityOptions {
  /** `"difference"` (default): one difference in all levels; `"lift"`: one ratio. */
  readonly scale?: EffectScale;
  /** Source of the resamples where an arm expects fewer than two successes or failures; without one, χ² is used there too. */
  readonly random?: RandomSource;
}

/** The scales of an effect. */
export const scaleShape = { kind: "word", of: ["difference", "lift"], optional: true } as const;

const rateHeterogeneityFields = {
  scale: scaleShape,
  random: { kind: "anything", optional: true },
} as const satisfies FieldsFor<RateHeterogeneityOptions>;

/**
 * Whether the effect on a rate is the same in every level (channel, segment, day …): the score test of interaction, with
 * each level's own baseline fitted under the common effect. Where an arm expects fewer than two successes or failures its p-value comes from a parametric
 * bootstrap under that fit: twenty resamples at least as extreme end it, 999 at most.
 * @param levels   both arms' counts, one entry per level, at least two, n ≥ 1
 * @param options  scale, random
 * @returns statistic, df (levels that can tell − 1), pValue, iSquared as a fraction, the common difference or lift, and the
 *          number of resamples where there were any; `undefined` with the reason where fewer than two levels can tell, e.g.
 *          lifts without a success in an arm
 * @throws ExperimentError `insufficient_data` at ["levels"]; `negative_count`, `insufficient_data` or `out_of_range` at
 *         ["levels", i, arm, field]; `unknown_name` at ["options", "scale"]; `unknown_key` at ["options", …]
 * @source Gart & Nam (1990), Biometrics 46, for differences; Gart & Nam (1988), Biometrics 44, for ratios; Besag &
 *         Clifford (1991), Biometrika 78
 * @checked test/reference/levels.json — SciPy 1.17.1
 * @example
 * const channels = [
 *   { control: { x: 50, n: 1000 }, treatment: { x: 100, n: 1000 } },
 *   { control: { x: 100, n: 1000 }, treatment: { x: 200, n: 1000 } },
 * ];
 * const points = rateHeterogeneity(channels);
 * const lifts = rateHeterogeneity(channels, { scale: "lift" });
 * points.status === "ok" && points.pValue; // 0.01147
 * lifts.status === "ok" && lifts.pValue; // 1
 */
export function rateHeterogeneity(
  levels: readonly ProportionStratum[],
  options: RateHeterogeneityOptions = {},
): LevelsTest {
  checkOptions(options, rateHeterogeneityFields);
  requireArray(levels, ["levels"]);
  requireUnits(levels.length, ["levels"], 2);
  const { scale = "difference", random } = options;
  if (random !== undefined) requireMethod(random, ["options", "random"], "next");
  const parts = levels.map((each, level) => {
    requireObject(each, ["levels", level]);
    const { control, treatment } = each;
    checkProportion(control, ["levels", level, "control"]);
    checkProportion(treatment, ["levels", level, "treatment"]);
    return { level, stratum: 0, control, treatment };
  });
  return rateLevelsTest(parts, scale, random);
}
