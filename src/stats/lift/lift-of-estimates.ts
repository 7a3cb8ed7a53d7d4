import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { square } from "../../core/powers.js";
import { ExperimentError, not_finite, out_of_range } from "../../errors/index.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { normalTail } from "../inference/tail.js";
import type { LiftInputs } from "./baseline.js";
import { fieller } from "./fieller.js";

/** One arm's number (a quantile, a model's mean …) with its standard error. */
export interface ArmEstimate {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Lift of any number that comes with a standard error in each arm, by Fieller's set with the normal tail: for
 * quantiles and other numbers that moments do not give.
 * @param control    value and standard error ≥ 0
 * @param treatment  the same of the other arm, independent of the control
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate as `lift` with method `fieller`; `undefined` for a zero baseline, `unbounded` for one not told apart
 *          from zero, `degenerate` without errors
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
  for (const [arm, { value, standardError }] of [
    ["control", control] as const,
    ["treatment", treatment] as const,
  ]) {
    if (!Number.isFinite(value)) throw new ExperimentError({ not_finite }, [arm, "value"], value);
    if (!(standardError >= 0 && Number.isFinite(standardError)))
      throw new ExperimentError({ out_of_range }, [arm, "standardError"], standardError);
  }
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
