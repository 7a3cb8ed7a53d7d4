import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { hall, hallInverse } from "../../core/hall.js";
import type { ScalarMoments } from "../../core/moments.js";
import { ExperimentError, missing_value } from "../../errors/index.js";
import { checkArms } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, outside, pValueOf, studentTail } from "../inference/tail.js";
import { welchEstimate } from "../means/welch.js";
import { pooledSkewness, type SkewedArms, skewedArms } from "./pooled-skewness.js";

/**
 * Difference in means of a skewed metric: Welch's statistic with its skewness taken away by Hall's transformation.
 * Matters for unequal arms; for equal ones it is Welch's test.
 * @param control    moments of one value per unit, m3 included; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate as `welch`, its interval not symmetric; flagged `skewed` when the statistic's skewness is 0.1 or
 *          more in size
 * @throws ExperimentError as `welch`; `missing_value` at ["control", "m3"] or ["treatment", "m3"] without m3
 * @source Hall (1992), JRSS B 54; the skewness is pooled over both arms
 * @checked docs/calibration.md
 * @example
 * const control = { n: 9000, mean: 3, m2: 1_200_000, m3: 130_000_000 };
 * const treatment = { n: 1000, mean: 3.8, m2: 150_000, m3: 18_000_000 };
 * const difference = welchHall(control, treatment);
 * difference.status === "ok" && difference.interval; // [0.1201, 1.81]
 */
export function welchHall(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkArms(control, treatment);
  const arms = skewedArms(control, treatment);
  if (!arms) {
    const arm = control.m3 === undefined ? "control" : "treatment";
    throw new ExperimentError({ missing_value }, [arm, "m3"], undefined, { expected: { type: "number" } });
  }
  return hallEstimate(welchEstimate(control, treatment, options), arms, options);
}

/** Welch's estimate, its skewness taken away; arms and options were checked. */
export function hallEstimate(plain: Estimate, arms: SkewedArms, options: EstimateOptions): Estimate {
  const method = "welch-hall";
  if (plain.status !== "ok") return { ...plain, method };
  const alternative = readAlternative(options);
  const skewness = pooledSkewness(arms, 1);
  const tail = studentTail(plain.df as number);
  const critical = tail.critical(outside(readLevel(options), alternative));
  const { value, standardError } = plain;
  const statistic = hall(value / standardError, skewness);
  return {
    ...plain,
    method,
    statistic,
    pValue: pValueOf(statistic, alternative, tail),
    interval: interval(
      value - hallInverse(critical, skewness) * standardError,
      value - hallInverse(-critical, skewness) * standardError,
      alternative,
    ),
  };
}
