import type { Estimate } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import {
  ExperimentError,
  out_of_range,
  requireList,
  requireNumber,
  requireObject,
} from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { type LiftOptions, liftEstimate, liftFields } from "../lift/lift.js";
import { meanEstimate } from "../means/mean-difference.js";
import { momentsOf } from "../moments/moments-of.js";
import { type QuantileType, quantileOfSorted, quantileTypes, sortedValues } from "./quantile.js";

/** Where values are pulled in to, in the values' unit. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Which share of the values is pulled in at each end. */
export interface WinsorizeOptions {
  /** Quantile below which values are raised to it, in [0, 1); default 0, none. */
  readonly lower?: number;
  /** Quantile above which values are lowered to it, in (0, 1]; default 0.99. */
  readonly upper?: number;
  /** Definition of the quantiles; default 7. */
  readonly type?: QuantileType;
}

const winsorizeFields = {
  lower: { kind: "number", atLeast: 0, below: 1, optional: true },
  upper: { kind: "number", above: 0, atMost: 1, optional: true },
  type: { kind: "number", ...quantileTypes, optional: true },
} as const satisfies FieldsFor<WinsorizeOptions>;

const comparisonFields = {
  ...liftFields,
  ...winsorizeFields,
} as const satisfies FieldsFor<WinsorizeOptions & LiftOptions>;

/**
 * The bounds that winsorising at quantiles means for some values. Take them from both arms together (or from before
 * the experiment), never from each arm alone.
 * @param values   numbers in any order, finite, at least one
 * @param options  lower, upper, type
 * @returns bounds in the values' unit
 * @throws ExperimentError `out_of_range` at ["options", …]; `unknown_key` at ["options", …]; `insufficient_data` at
 *         ["values", "length"]; `not_finite` at ["values", i]
 * @source Tukey (1962), Annals of Mathematical Statistics 33
 * @checked test/reference/quantiles.json — NumPy
 * @example
 * winsorBounds([0, 1, 2, 3, 4, 5, 6, 7, 8, 900], { upper: 0.9 }); // { lower: 0, upper: 97.2 }
 */
export function winsorBounds(values: ArrayLike<number>, options: WinsorizeOptions = {}): Bounds {
  checkOptions(options, winsorizeFields);
  return boundsOf(values, options);
}

function boundsOf(
  values: ArrayLike<number>,
  { lower = 0, upper = 0.99, type = 7 }: WinsorizeOptions,
): Bounds {
  requireNumber(upper, ["options", "upper"], { above: lower, atMost: 1 });
  const sorted = sortedValues(values, ["values"]);
  return { lower: quantileOfSorted(sorted, lower, type), upper: quantileOfSorted(sorted, upper, type) };
}

/**
 * Moments of values pulled in to bounds: a capped mean when the bounds are fixed in advance, a winsorised one when
 * they come from {@link winsorBounds}.
 * @param values  numbers, finite, at least one
 * @param bounds  in the values' unit, lower ≤ upper; ±Infinity for none
 * @returns moments of the pulled-in values
 * @throws ExperimentError `out_of_range` at ["bounds", "lower"], or `not_finite` at ["bounds", …]; what `momentsOf` throws
 * @example
 * cappedMoments([0, 5, 20, 900], { lower: 0, upper: 100 }).mean; // 31.25
 */
export function cappedMoments(values: ArrayLike<number>, bounds: Bounds): Required<ScalarMoments> {
  requireList(values, ["values"]);
  requireUnits(values.length, ["values", "length"], 1);
  requireObject(bounds, ["bounds"]);
  for (const end of ["lower", "upper"] as const)
    if (Math.abs(bounds[end]) !== Infinity) requireNumber(bounds[end], ["bounds", end]);
  if (bounds.lower > bounds.upper)
    throw new ExperimentError({ out_of_range }, ["bounds", "lower"], bounds.lower, {
      expected: { atMost: bounds.upper },
    });
  const capped = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    if (!Number.isFinite(x)) requireNumber(x, ["values", i]);
    capped[i] = Math.min(bounds.upper, Math.max(bounds.lower, x));
  }
  return momentsOf(capped);
}

/** Both scales of one comparison of means, and the bounds used. */
export interface WinsorizedComparison {
  readonly bounds: Bounds;
  readonly difference: Estimate;
  readonly lift: Estimate;
}

/**
 * Compares winsorised means: both arms' values are pulled in to quantiles of all values together.
 * @param control    one value per unit, n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    lower, upper, type; and those of `lift`
 * @returns bounds, and difference and lift by the default rules; the intervals take the bounds as given
 * @throws ExperimentError as `winsorBounds` and `lift`; `insufficient_data` at [arm, "length"]; `wrong_type` or
 *         `not_finite` at [arm, i]
 * @source Tukey (1962), Annals of Mathematical Statistics 33
 * @example
 * const spend = (shift: number) => Array.from({ length: 100 }, (_, i) => (i === 7 ? 5000 : shift + (i % 10)));
 * winsorizedComparison(spend(10), spend(11)).difference.value; // 0.99
 */
export function winsorizedComparison(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  options: WinsorizeOptions & LiftOptions = {},
): WinsorizedComparison {
  checkOptions(options, comparisonFields);
  for (const [arm, values] of [["control", control] as const, ["treatment", treatment] as const]) {
    requireList(values, [arm]);
    requireUnits(values.length, [arm, "length"], 2);
    for (let i = 0; i < values.length; i++) requireNumber(values[i], [arm, i]);
  }
  const bounds = boundsOf([...Array.from(control), ...Array.from(treatment)], options);
  const [a, b] = [cappedMoments(control, bounds), cappedMoments(treatment, bounds)];
  return { bounds, difference: meanEstimate(a, b, options), lift: liftEstimate(a, b, options) };
}
