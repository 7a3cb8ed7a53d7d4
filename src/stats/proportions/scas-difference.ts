import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { checkProportions, type Proportion } from "./proportion.js";
import { differenceOf, scasInputs } from "./scas.js";

/**
 * Difference of two proportions by the skewness-corrected score test (SCAS): the differences that the test does not
 * reject. It holds its level on each side where arms are unequal and events few, where plain score tests do not; the p-value
 * and the interval come from one test and cannot contradict each other, nor those of {@link scasLift}.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control rate; statistic is the corrected score of no difference, pValue its
 *          normal tail; standardError is half the interval's width over its critical value, above 0 even where nobody or
 *          everybody succeeded
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Laud (2017), Pharmaceutical Statistics 16; Gart & Nam (1990), Biometrics 46
 * @checked test/reference/proportions.json — R 4.2.2, ratesci 0.4
 * @example
 * const difference = scasDifference({ x: 3, n: 40 }, { x: 9, n: 42 });
 * difference.status === "ok" && difference.interval; // [-0.01572, 0.2974]
 */
export function scasDifference(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  return differenceOf(scasInputs([{ control, treatment }]), options);
}
