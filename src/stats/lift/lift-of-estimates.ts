import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { square } from "../../core/powers.js";
import { requireNumber, requireObject } from "../../errors/index.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { normalTail } from "../inference/tail.js";
import type { LiftInputs } from "./baseline.js";
import { fieller } from "./fieller.js";

/** One arm's number (a quantile, a model's mean …) with its standard error. */
export interface ArmEstimate {
  readonly value: number;
  readonly standardError: number;
}

/** @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at [arm, field] */
export function checkArmEstimate(estimate: ArmEstimate, arm: string): void {
  requireObject(estimate, [arm]);
  requireNumber(estimate.value, [arm, "value"]);
  requireNumber(estimate.standardError, [arm, "standardError"], { atLeast: 0 });
}

/**
 * Lift of any number that comes with a standard error in each arm, by Fieller's set with the normal tail: for
 * quantiles and other numbers that moments do not give.
 * @param control    value and standard error ≥ 0
 * @param treatment  the same of the other arm, independent of the control
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate as `lift` with method `fieller`; `undefined` for a zero baseline, `unbounded` for one that cannot be
 *          distinguished from zero, `degenerate` without errors
 * @throws ExperimentError `not_finite` at [arm, "value"]; `out_of_range` at [arm, "standardError"] or
 *         ["options", "level"]
 * @source Fieller (1954), JRSS B 16
 * @checked test/reference/quantiles.json — gbstats 0.8.0
 * @example
 * liftOfEstimates({ value: 0.1, standardError: 0.003 }, { value: 0.12, standardError: 0.003 }).value; // 0.2
 */
export function liftOfEstimates(
  control: ArmEstimate,
  treatment: ArmEstimate,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkArmEstimate(control, "control");
  checkArmEstimate(treatment, "treatment");
  const flags: string[] = [];
  if (control.value < 0) flags.push("negative_baseline");
  if (Math.abs(control.value) < 4 * control.standardError) flags.push("near_zero_baseline");
  const inputs: LiftInputs = {
    control: control.value,
    treatment: treatment.value,
    controlVariance: square(control.standardError),
    treatmentVariance: square(treatment.standardError),
    flags,
    tail: () => normalTail,
  };
  return fieller(inputs, readLevel(options), readAlternative(options));
}
