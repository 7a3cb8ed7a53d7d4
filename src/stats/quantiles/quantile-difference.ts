import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { ExperimentError, insufficient_data, requireList, wrong_length } from "../../errors/index.js";
import { checkFields, type FieldsFor, fitsFields } from "../../shapes/index.js";
import { requireLabel } from "../clusters/require-label.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { normalTail } from "../inference/tail.js";
import { checkArmEstimate } from "../lift/lift-of-estimates.js";
import { quantileOfSorted, sortedValues } from "./quantile.js";

/** One arm's values for a quantile, and whom they belong to. */
export interface QuantileArm {
  readonly values: ArrayLike<number>;
  /** The unit each value belongs to, when units give several values; the same length. */
  readonly units?: ArrayLike<string | number>;
}

/** A quantile with an interval of a stated level. */
export interface QuantileInterval {
  readonly value: number;
  readonly interval: readonly [lower: number, upper: number];
  readonly standardError: number;
}

const armFields = {
  values: { kind: "anything" },
  units: { kind: "anything", optional: true },
} as const satisfies FieldsFor<QuantileArm>;

function checkQuantileArm(arm: QuantileArm, name: string): void {
  if (!fitsFields(arm, armFields)) checkFields(arm, armFields, [name]);
  const { values, units } = arm;
  requireList(values, [name, "values"]);
  if (units === undefined) return;
  requireList(units, [name, "units"]);
  if (units.length !== values.length)
    throw new ExperimentError({ wrong_length }, [name, "units"], units.length, {
      expected: { length: values.length },
      other: "values",
    });
}

/** Standard error of the share of values at or below a point, allowing for several values per unit. */
function shareError(arm: QuantileArm, point: number, q: number, name: string): number {
  const n = arm.values.length;
  if (!arm.units) return Math.sqrt((q * (1 - q)) / n);
  const residuals = new Map<string | number, number>();
  for (let i = 0; i < n; i++) {
    const unit = arm.units[i];
    requireLabel(unit, [name, "units", i]);
    const residual = ((arm.values[i] as number) <= point ? 1 : 0) - q;
    residuals.set(unit, (residuals.get(unit) ?? 0) + residual);
  }
  const k = residuals.size;
  requireUnits(k, [name, "units"], 2);
  let squares = 0;
  for (const residual of residuals.values()) squares += residual * residual;
  return (Math.sqrt(squares) / n) * Math.sqrt(k / (k - 1));
}

/**
 * A quantile with an interval read off the values themselves: the ranks that the share below a point may have. No
 * density is estimated.
 */
function quantileInterval(arm: QuantileArm, q: number, critical: number, name: string): QuantileInterval {
  const sorted = sortedValues(arm.values, [name, "values"]);
  const value = quantileOfSorted(sorted, q, 7);
  const reach = critical * shareError(arm, value, q, name);
  const n = sorted.length;
  // Continuous ranks on the scale on which rank i stands for the share (i − ½)/n.
  const at = (share: number) => quantileOfSorted(sorted, Math.min(1, Math.max(0, share)), 5);
  const [low, high] = [q - reach, q + reach];
  if (low < 0.5 / n || high > 1 - 0.5 / n)
    throw new ExperimentError({ insufficient_data }, [name, "values", "length"], n);
  const interval = [Math.min(value, at(low)), Math.max(value, at(high))] as const;
  return { value, interval, standardError: (interval[1] - interval[0]) / 2 / critical };
}

/** Options of {@link quantileDifference}. */
export interface QuantileOptions extends EstimateOptions {
  /** Which quantile, fraction in (0, 1); default 0.5, the median. */
  readonly q?: number;
}

const quantileFields = {
  ...estimateFields,
  q: { kind: "number", above: 0, below: 1, optional: true },
} as const satisfies FieldsFor<QuantileOptions>;

/**
 * Difference of a quantile (median order value, 95th percentile of latency …) from raw values. Each arm's interval
 * is read off its order statistics at the ranks that sampling allows, so no density is estimated; with `units` the
 * ranks allow for several values of one unit.
 * @param control    values, finite, any order; `units` when units give several
 * @param treatment  the same of the other arm
 * @param options    q; level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control quantile (type 7), values' unit; statistic z; `degenerate` when both
 *          arms are all ties around the quantile
 * @throws ExperimentError `insufficient_data` at [arm, "values", "length"] when the interval's ranks leave the sample,
 *         or at [arm, "units"] for one unit; `not_finite` at [arm, "values", i]; `wrong_length` at [arm, "units"];
 *         `out_of_range` at ["options", "q"] or ["options", "level"]; `unknown_key` at [arm, …] or ["options", …]
 * @source Woodruff (1952), JASA 47; Deng, Knoblich & Lu (2018), KDD, for several values per unit
 * @checked calibration slice in test/stats/quantiles.test.ts; arithmetic against gbstats 0.8.0
 * @example
 * const latency = (from: number) => ({ values: Array.from({ length: 200 }, (_, i) => from + i) });
 * const slower = quantileDifference(latency(100), latency(130), { q: 0.9 });
 * slower.value; // 30
 * slower.status === "ok" && slower.interval; // [18.24, 41.76]
 */
export function quantileDifference(
  control: QuantileArm,
  treatment: QuantileArm,
  options: QuantileOptions = {},
): Estimate {
  checkOptions(options, quantileFields);
  checkQuantileArm(control, "control");
  checkQuantileArm(treatment, "treatment");
  const { q = 0.5 } = options;
  const critical = normalTail.critical((1 - readLevel(options)) / 2);
  return combined(
    quantileInterval(control, q, critical, "control"),
    quantileInterval(treatment, q, critical, "treatment"),
    options,
  );
}

/**
 * Difference of two quantiles that come with standard errors (half an interval's width over its critical value).
 * @param control    quantile and its standard error
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control; statistic z; `degenerate` when both standard errors are zero
 * @throws ExperimentError `not_finite` at [arm, "value"]; `out_of_range` at [arm, "standardError"] or ["options", "level"]
 * @source Woodruff (1952), JASA 47
 * @checked test/reference/quantiles.json — gbstats 0.8.0
 * @example
 * combineQuantiles({ value: 120, standardError: 3 }, { value: 110, standardError: 4 }).pValue; // 0.0455
 */
export function combineQuantiles(
  control: Pick<QuantileInterval, "value" | "standardError">,
  treatment: Pick<QuantileInterval, "value" | "standardError">,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkArmEstimate(control, "control");
  checkArmEstimate(treatment, "treatment");
  return combined(control, treatment, options);
}

function combined(
  control: Pick<QuantileInterval, "value" | "standardError">,
  treatment: Pick<QuantileInterval, "value" | "standardError">,
  options: EstimateOptions,
): Estimate {
  return symmetricEstimate(
    "quantile",
    treatment.value - control.value,
    Math.hypot(control.standardError, treatment.standardError),
    normalTail,
    options,
  );
}
