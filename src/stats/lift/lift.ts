import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkArms } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { meanAmounts } from "../skewed/amount-arm.js";
import { amountsComparison } from "../skewed/amounts-comparison.js";
import { liftInputs, zeroBaseline } from "./baseline.js";
import { delta } from "./delta.js";
import { fieller } from "./fieller.js";
import { fiellerHall } from "./fieller-hall.js";
import { logDelta } from "./log-delta.js";

/** The family of lift intervals from two moments an arm. */
export const liftMethods = { fieller, "fieller-hall": fiellerHall, "log-delta": logDelta, delta } as const;

/** Name of a lift interval. */
export type LiftMethod = keyof typeof liftMethods;

/** Options of {@link lift}. */
export interface LiftOptions extends EstimateOptions {
  /** Default `"fieller"`, or what suits skewed values where third moments show them to be; see {@link lift}. */
  readonly method?: LiftMethod;
  /** Reference distribution of the critical value and p; default `"t"` with Welch's df. */
  readonly critical?: "t" | "normal";
}

/** The keys of {@link LiftOptions}. */
export const liftFields = {
  ...estimateFields,
  method: { kind: "word", of: ["fieller", "fieller-hall", "log-delta", "delta"], optional: true },
  critical: { kind: "word", of: ["t", "normal"], optional: true },
} as const satisfies FieldsFor<LiftOptions>;

/**
 * Relative change of a mean, (treatment − control)/|control|, with its confidence set.
 * `fieller` (the default) inverts the Welch test and agrees with its p-value; its set can be everything but an
 * interval, or everything, when the baseline cannot be distinguished from zero — then the status is `unbounded`.
 * Where both arms carry m3 and nonzero and the smaller arm's mean is skewed by 0.1 or more, the default is the
 * skewness-corrected score of amounts, method `amounts-score`, flagged `skewed`: its set is bounded wherever both arms
 * have a few amounts, and its test is that of `meanDifference`. Values of both signs, and moments without nonzero, get
 * `fieller-hall` where the statistic's skewness is 0.1 or more, which takes it away by Hall's transformation.
 * @param control    moments of one value per unit; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    method, critical, level (default 0.95), alternative (default two-sided)
 * @returns Estimate on the scale of fractions (0.1 is +10 %); standardError is the delta method's. `undefined` for a
 *          zero baseline (or, for `log-delta`, means of different sign); `unbounded` with `complement` where the
 *          set has one; `degenerate` when both variances are zero. Flags: `negative_baseline`,
 *          `near_zero_baseline` (the baseline within 4 of its standard errors of zero; 2 for `amounts-score`), `skewed`
 * @throws ExperimentError `insufficient_data` at ["control", "n"] or ["treatment", "n"]; `negative_variance`,
 *         `negative_count`, `not_finite` at the field; `out_of_range` at ["options", "level"]; `unknown_name` at
 *         ["options", "method"]; `unknown_key` at ["options", …]
 * @source Fieller (1954), JRSS B 16; Gart & Nam (1988), Biometrics 44, for the score's correction; Hall (1992), JRSS B 54; Franz (2007), arXiv:0710.2024 for the set's kinds
 * @checked test/reference/lift.json — mpmath 1.2.1, gbstats 0.8.0, tea-tasting
 * @example
 * const relative = lift({ n: 1000, mean: 10, m2: 4000 }, { n: 1010, mean: 10.3, m2: 4100 });
 * relative.value; // 0.03
 * relative.status === "ok" && relative.interval; // [0.01232, 0.048]
 */
export function lift(control: ScalarMoments, treatment: ScalarMoments, options: LiftOptions = {}): Estimate {
  checkOptions(options, liftFields);
  checkArms(control, treatment);
  return liftEstimate(control, treatment, options);
}

/** `lift` of arms and options that were checked. */
export function liftEstimate(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: LiftOptions,
): Estimate {
  const amounts = options.method ? undefined : amountsComparison([{ control, treatment }], meanAmounts);
  return amounts ? amounts.relative(options) : plainLift(control, treatment, options);
}

/** The lift of means whose amounts are not compared by their score. */
export function plainLift(control: ScalarMoments, treatment: ScalarMoments, options: LiftOptions): Estimate {
  const { method: name, critical = "t" } = options;
  const inputs = liftInputs(control, treatment, critical);
  const scale = Math.abs(control.mean);
  const largest = Math.max(
    Math.abs(treatment.mean),
    Math.sqrt(inputs.controlVariance + inputs.treatmentVariance),
  );
  const method = name ?? (inputs.flags.includes("skewed") ? "fieller-hall" : "fieller");
  if (scale > 0 && !(largest / scale < 1e100)) return zeroBaseline(method, readLevel(options));
  return liftMethods[method](inputs, readLevel(options), readAlternative(options));
}
