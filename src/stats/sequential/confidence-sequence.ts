import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { requireNumber, requireObject } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkFields, fitsFields } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { normalMixture } from "./normal-mixture.js";
import { sequentialEstimate } from "./sequential-estimate.js";
import {
  boundaryAt,
  methodOf,
  ratioAt,
  type SequentialOptions,
  sequentialFields,
  type TunedOptions,
  tunedFields,
} from "./sequential-options.js";
import { studentMixture } from "./student-mixture.js";

/** A number with its standard error after so many units. */
export interface LookEstimate {
  readonly value: number;
  /** Under no difference where it depends on the hypothesis, > 0. */
  readonly standardError: number;
  /** Units of both arms together, > 0. */
  readonly units: number;
}

/** A coefficient of a linear model after so many units. */
export interface CoefficientEstimate extends LookEstimate {
  /** Residual degrees of freedom, > 0. */
  readonly df: number;
}

const positive = { kind: "number", above: 0 } as const;
const lookFields = {
  value: { kind: "number" },
  standardError: positive,
  units: positive,
} as const satisfies FieldsFor<LookEstimate>;
const coefficientFields = { ...lookFields, df: positive } as const satisfies FieldsFor<CoefficientEstimate>;

/** Options of {@link msprt}. */
export interface MsprtOptions extends EstimateOptions {
  /** Variance of the effects that the mixture watches for, metric's unit squared, > 0. */
  readonly variance: number;
}

const msprtFields = { ...estimateFields, variance: positive } as const satisfies FieldsFor<MsprtOptions>;

/**
 * The mixture sequential probability ratio test of a difference, and the confidence sequence that inverts it.
 * @param estimate  value and standardError > 0 so far, metric's unit
 * @param options   variance of the mixing normal distribution, fixed before the data; level, default 0.95;
 *                  alternative, default two-sided
 * @returns Estimate whose interval and pValue hold at every look; statistic z
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite`, `out_of_range` or `unknown_key` at the field
 * @source Johari, Koomen, Pekelis & Walsh (2017), KDD, "Peeking at A/B tests"
 * @checked test/reference/sequential.json — mpmath closed form and quadrature
 * @example
 * msprt({ value: 3, standardError: 0.3536 }, { variance: 1 }).pValue; // 3.835e-14
 */
export function msprt(
  estimate: { readonly value: number; readonly standardError: number },
  options: MsprtOptions,
): Estimate {
  checkOptions(options, msprtFields);
  requireObject(estimate, ["estimate"]);
  const { value, standardError } = estimate;
  requireNumber(value, ["estimate", "value"]);
  requireNumber(standardError, ["estimate", "standardError"], { above: 0 });
  const boundary = normalMixture({ ratio: options.variance / standardError / standardError });
  return sequentialEstimate(plain("msprt", { value, standardError }), boundary, options);
}

/** A value whose standard error is the same whatever the hypothesis. */
function plain(method: string, { value, standardError }: Pick<LookEstimate, "value" | "standardError">) {
  return {
    method,
    value,
    standardError,
    statistic: value / standardError,
    reach: (critical: number) => critical * standardError,
  };
}

/**
 * An asymptotic confidence sequence for any number with a standard error: an interval that holds at all looks
 * together. With `effect` its evidence is a quarter normal mixture and three quarters ± that effect.
 * @param estimate  value, standardError > 0 and units > 0 so far. Where the standard error depends on the hypothesis
 *                  (rates), pass that of no difference: `sequentialProportions` does, and at small counts must
 * @param options   tunedAt, effect; level, default 0.95; alternative, default two-sided
 * @returns Estimate whose interval and pValue hold at every look; statistic z
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite`, `out_of_range` or `unknown_key` at the field
 * @source Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas (2024), Annals of Statistics 52
 * @checked test/reference/sequential.json — mpmath, gbstats
 * @example
 * const look = { value: 0.3, standardError: 0.0912, units: 2010 };
 * confidenceSequence(look, { tunedAt: 5000 }).pValue; // 0.03328
 */
export function confidenceSequence(estimate: LookEstimate, options: SequentialOptions): Estimate {
  checkOptions(options, sequentialFields);
  if (!fitsFields(estimate, lookFields)) checkFields(estimate, lookFields, ["estimate"]);
  const boundary = boundaryAt(estimate.units, estimate.standardError, options);
  return sequentialEstimate(plain(methodOf(options, "asymptotic"), estimate), boundary, options);
}

/**
 * The anytime-valid test of a linear model's coefficient (a difference adjusted by regression): Student's t at every
 * look, exact for normal errors.
 * @param estimate  value, standardError > 0, residual degrees of freedom df > 0 and units > 0 so far
 * @param options   tunedAt; level, default 0.95; alternative, default two-sided
 * @returns Estimate whose interval and pValue hold at every look, statistic t; `unbounded` while the units are too few for
 *          any t to reach the boundary
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite`, `out_of_range` or `unknown_key` at the field
 * @source Lindon, Ham, Tingley & Bojinov (2022), arXiv 2210.08589
 * @checked test/reference/sequential.json — mpmath
 * @example
 * const look = { value: 0.3, standardError: 0.0912, df: 2007, units: 2010 };
 * anytimeLinearModel(look, { tunedAt: 5000 }).pValue; // 0.03367
 */
export function anytimeLinearModel(estimate: CoefficientEstimate, options: TunedOptions): Estimate {
  checkOptions(options, tunedFields);
  if (!fitsFields(estimate, coefficientFields)) checkFields(estimate, coefficientFields, ["estimate"]);
  const { df, units } = estimate;
  const boundary = studentMixture({ ratio: ratioAt(units, options), df });
  return sequentialEstimate({ ...plain("anytime-linear-model", estimate), df }, boundary, options);
}
