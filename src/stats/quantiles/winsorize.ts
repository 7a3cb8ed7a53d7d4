import type { Estimate } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { ExperimentError, out_of_range } from "../../errors/index.js";
import { type LiftOptions, lift } from "../lift/lift.js";
import { meanDifference } from "../means/mean-difference.js";
import { momentsOf } from "../moments/moments-of.js";
import { checkType, type QuantileType, quantileOfSorted, sortedValues } from "./quantile.js";

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

/**
 * The bounds that winsorising at quantiles means for some values. Take them from both arms together (or from before
 * the experiment), never from each arm alone.
 * @param values   numbers in any order, finite, at least one
 * @param options  lower, upper, type
 * @returns bounds in the values' unit
 * @throws ExperimentError `out_of_range` at ["options", "lower" | "upper"] or ["type"]; `insufficient_data` at
 *         ["values", "length"]; `not_finite` at ["values", i]
 * @source Tukey (1962), Annals of Mathematical Statistics 33
 * @checked test/reference/quantiles.json — NumPy
 * @example
 * winsorBounds([0, 1, 2, 3, 4, 5, 6, 7, 8, 900], { upper: 0.9 }); // { lower: 0, upper: 97.2 }
 */
export function winsorBounds(values: ArrayLike<number>, options: WinsorizeOptions = {}): Bounds {
  const { lower = 0, upper = 0.99, type = 7 } = options;
  checkType(type);
  if (!(lower >= 0 && lower < 1)) throw new ExperimentError({ out_of_range }, ["options", "lower"], lower);
  if (!(upper > lower && upper <= 1))
    throw new ExperimentError({ out_of_range }, ["options", "upper"], upper);
  const sorted = sortedValues(values, ["values"]);
  return { lower: quantileOfSorted(sorted, lower, type), upper: quantileOfSorted(sorted, upper, type) };
}

/**
 * Moments of values pulled in to bounds: a capped mean when the bounds are fixed in advance, a winsorised one when
 * they come from {@link winsorBounds}.
 * @param values  numbers, finite, at least one
 * @param bounds  in the values' unit, lower ≤ upper; ±Infinity for none
 * @returns moments of the pulled-in values
 * @throws ExperimentError `out_of_range` at ["bounds"]; what `momentsOf` throws
 * @example
 * cappedMoments([0, 5, 20, 900], { lower: 0, upper: 100 }).mean; // 31.25
 */
export function cappedMoments(values: ArrayLike<number>, bounds: Bounds): Required<ScalarMoments> {
  if (!(bounds.lower <= bounds.upper)) throw new ExperimentError({ out_of_range }, ["bounds"], bounds.lower);
  const capped = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    // A value that is not finite stays as it is, so that momentsOf names it.
    capped[i] = Number.isFinite(x) ? Math.min(bounds.upper, Math.max(bounds.lower, x)) : x;
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
 * @throws ExperimentError as `winsorBounds`, `meanDifference` and `lift`
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
  const bounds = winsorBounds([...Array.from(control), ...Array.from(treatment)], options);
  const [a, b] = [cappedMoments(control, bounds), cappedMoments(treatment, bounds)];
  return { bounds, difference: meanDifference(a, b, options), lift: lift(a, b, options) };
}
