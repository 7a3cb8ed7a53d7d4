import { requireArray, requireObject } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkArm, requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import type { Stratum } from "../stratified/post-stratify.js";
import type { EffectScale, LevelsTest } from "./level-table.js";
import { meanLevelsTest } from "./mean-levels-test.js";
import { scaleShape } from "./rate-heterogeneity.js";

/** Options of {@link meanHeterogeneity}. */
export interface MeanHeterogeneityOptions {
  /** `"difference"` (default): one difference in all levels; `"lift"`: one ratio. */
  readonly scale?: EffectScale;
}

const meanHeterogeneityFields = { scale: scaleShape } as const satisfies FieldsFor<MeanHeterogeneityOptions>;

/**
 * Whether the effect on a mean is the same in every level: Alexander and Govern's test of the levels' effects, each with
 * Welch's degrees of freedom, so that levels of a few units are not taken for levels that differ. With many units it is
 * Cochran's Q. For lifts, every level's treatment − ρ · control is held against its own variance, one ρ for all.
 * @param levels   both arms' moments of one value per unit, one entry per level, at least two; n ≥ 2
 * @param options  scale
 * @returns statistic, df (levels that vary − 1), pValue, iSquared as a fraction, the common difference or lift;
 *          `undefined` with the reason where fewer than two levels vary, or where means of different signs have no lift
 * @throws ExperimentError `insufficient_data` at ["levels"] or ["levels", i, arm, "n"]; `negative_variance`,
 *         `negative_count`, `not_finite` at the field; `unknown_name` at ["options", "scale"]; `unknown_key` at
 *         ["options", …]
 * @source Alexander & Govern (1994), Journal of Educational Statistics 19
 * @checked test/reference/levels.json — SciPy 1.17.1, alexandergovern
 * @example
 * const group = (mean: number) => ({ n: 50, mean, m2: 200 });
 * const channels = [
 *   { control: group(10), treatment: group(11) },
 *   { control: group(20), treatment: group(22) },
 * ];
 * const amounts = meanHeterogeneity(channels);
 * const lifts = meanHeterogeneity(channels, { scale: "lift" });
 * amounts.status === "ok" && amounts.pValue; // 0.08207
 * lifts.status === "ok" && lifts.pValue; // 1
 */
export function meanHeterogeneity(
  levels: readonly Stratum[],
  options: MeanHeterogeneityOptions = {},
): LevelsTest {
  checkOptions(options, meanHeterogeneityFields);
  requireArray(levels, ["levels"]);
  requireUnits(levels.length, ["levels"], 2);
  const { scale = "difference" } = options;
  const parts = levels.map((each, level) => {
    requireObject(each, ["levels", level]);
    const { control, treatment } = each;
    checkArm(control, ["levels", level, "control"]);
    checkArm(treatment, ["levels", level, "treatment"]);
    return { level, stratum: 0, control, treatment };
  });
  return meanLevelsTest(parts, scale);
}
