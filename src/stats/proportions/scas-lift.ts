import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { checkProportions, type Proportion } from "./proportion.js";
import { liftOf, scasInputs } from "./scas.js";

/**
 * Lift between two proportions by the skewness-corrected score test (SCAS): the lifts that the test does not reject.
 * Its p-value is that of {@link scasDifference}: no lift and no difference are one hypothesis.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative of the lift against 0, default two-sided
 * @returns Estimate: value = treatment rate ÷ control rate − 1, a fraction; standardError is half the interval's width over
 *          its critical value. `unbounded` where the control has no success, or too few for an upper bound at
 *          this level
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Laud (2017), Pharmaceutical Statistics 16; Gart & Nam (1988), Biometrics 44
 * @checked test/reference/proportions.json — R 4.2.2, ratesci 0.4
 * @example
 * scasLift({ x: 3, n: 40 }, { x: 9, n: 42 }).value; // 1.857
 */
export function scasLift(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  return liftOf(scasInputs([{ control, treatment }]), options);
}
