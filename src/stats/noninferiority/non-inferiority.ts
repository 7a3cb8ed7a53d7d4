import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { levelFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { studentTail } from "../inference/tail.js";
import { welch } from "../means/welch.js";

/** Options of the non-inferiority tests. */
export interface MarginOptions extends Pick<EstimateOptions, "level"> {
  /** Largest harm tolerated, in the metric's unit, > 0. */
  readonly margin: number;
  /** Which way is good; default `"higher"`. */
  readonly better?: "higher" | "lower";
}

/** The keys of {@link MarginOptions}. */
export const marginFields = {
  ...levelFields,
  margin: { kind: "number", above: 0 },
  better: { kind: "word", of: ["higher", "lower"], optional: true },
} as const satisfies FieldsFor<MarginOptions>;

const equivalenceFields = {
  margin: marginFields.margin,
  level: { ...levelFields.level, above: 0.5 },
} as const satisfies FieldsFor<Omit<MarginOptions, "better">>;

/** 1 where more is better, −1 where less is. */
export const signOf = ({ better = "higher" }: MarginOptions): 1 | -1 => (better === "higher" ? 1 : -1);

/**
 * Whether a treatment's mean is worse than the control's by less than a margin: Welch's one-sided test against the
 * margin, the reading a guardrail metric wants.
 * @param control    moments of one value per unit; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    margin; better, default `"higher"`; level of the one-sided bound, default 0.95
 * @returns Estimate: value = treatment − control; pValue of "worse by the margin or more" (small: non-inferior);
 *          the interval is the one-sided bound; `degenerate` when nothing varies
 * @throws ExperimentError as `welch`; `out_of_range` at ["options", "margin"]; `unknown_name` at ["options", "better"];
 *         `unknown_key` at ["options", …]
 * @source Blackwelder (1982), Controlled Clinical Trials 3
 * @checked test/reference/non-inferiority.json — mpmath 1.2.1, R 4.2.2
 * @example
 * const [control, treatment] = [{ n: 1000, mean: 10, m2: 4000 }, { n: 1000, mean: 9.95, m2: 4200 }];
 * nonInferiority(control, treatment, { margin: 0.2 }).pValue; // 0.04898
 */
export function nonInferiority(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: MarginOptions,
): Estimate {
  checkOptions(options, marginFields);
  const sign = signOf(options);
  const method = "non-inferiority-welch";
  const alternative = sign > 0 ? "greater" : "less";
  const plain = welch(control, treatment, { level: readLevel(options), alternative });
  if (plain.status !== "ok") return { ...plain, method };
  const statistic = (sign * plain.value + options.margin) / plain.standardError;
  return { ...plain, method, statistic, pValue: studentTail(plain.df as number).survival(statistic) };
}

/**
 * Whether two means are equivalent within a margin: two one-sided tests.
 * @param control    moments of one value per unit; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    margin; level of each one-sided test, default 0.95
 * @returns Estimate: value = treatment − control; pValue the larger of both tests' (small: equivalent); interval
 *          two-sided of level 1 − 2(1 − level), inside ±margin exactly when pValue < 1 − level
 * @throws ExperimentError as `nonInferiority`; `out_of_range` at ["options", "level"] for a level of 0.5 or less
 * @source Schuirmann (1987), Journal of Pharmacokinetics and Biopharmaceutics 15
 * @checked test/reference/non-inferiority.json — mpmath 1.2.1
 * @example
 * const [control, treatment] = [{ n: 1000, mean: 10, m2: 4000 }, { n: 1000, mean: 9.95, m2: 4200 }];
 * equivalence(control, treatment, { margin: 0.25 }).pValue; // 0.0137
 */
export function equivalence(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: Omit<MarginOptions, "better">,
): Estimate {
  checkOptions(options, equivalenceFields);
  const level = readLevel(options);
  const method = "tost-welch";
  const plain = welch(control, treatment, { level: 2 * level - 1 });
  if (plain.status !== "ok") return { ...plain, method };
  const statistic = (options.margin - Math.abs(plain.value)) / plain.standardError;
  return { ...plain, method, statistic, pValue: studentTail(plain.df as number).survival(statistic) };
}
