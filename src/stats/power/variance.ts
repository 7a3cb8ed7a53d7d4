import type { Moments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import { ExperimentError, out_of_range, requireNumber } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { linearize } from "../ratios/linearize.js";
import { normalPoints, type PowerOptions, powerFields, type SampleSize, sized } from "./inputs.js";

/**
 * Units needed to find a difference in any mean (or linearised ratio, or CUPED-adjusted mean), by the normal tail.
 * @param variance    of one unit's value, > 0; for CUPED see {@link adjustedVariance}, for ratios {@link ratioVariance}
 * @param difference  smallest difference worth finding, in the value's unit, ≠ 0
 * @param options     alpha, power, ratio, alternative
 * @returns units in both arms, rounded up, and unrounded in control
 * @throws ExperimentError `out_of_range` at ["variance"], ["difference"] or ["options", …]
 * @source Cohen (1988), Statistical Power Analysis
 * @checked test/reference/power.json — mpmath 1.2.1
 * @example
 * sampleSizeForDifference(25, 0.2).control; // 9812
 */
export function sampleSizeForDifference(
  variance: number,
  difference: number,
  options: PowerOptions = {},
): SampleSize {
  checkOptions(options, powerFields);
  requireNumber(variance, ["variance"], { above: 0 });
  requireNumber(difference, ["difference"]);
  const gap = Math.abs(difference);
  requireNumber(gap, ["difference"], { above: 0 });
  const { error, power, ratio } = normalPoints(options);
  return sized(square(error + power) * (variance / gap / gap) * (1 + 1 / ratio), ratio);
}

/**
 * The smallest difference that a number of units finds with the power asked for.
 * @param variance  of one unit's value, > 0
 * @param control   units in control, > 0; treatment has `ratio` times as many
 * @param options   alpha, power, ratio, alternative
 * @returns difference, > 0, in the value's unit
 * @throws ExperimentError `out_of_range` at ["variance"], ["control"] or ["options", …]
 * @source Cohen (1988), Statistical Power Analysis
 * @checked test/reference/power.json — mpmath 1.2.1
 * @example
 * minimumDetectableDifference(25, 10_000); // 0.1981
 */
export function minimumDetectableDifference(
  variance: number,
  control: number,
  options: PowerOptions = {},
): number {
  checkOptions(options, powerFields);
  requireNumber(variance, ["variance"], { above: 0 });
  requireNumber(control, ["control"], { above: 0 });
  const { error, power, ratio } = normalPoints(options);
  const spread = (variance / control) * (1 + 1 / ratio);
  return (error + power) * Math.sqrt(spread);
}

/**
 * Variance that CUPED leaves of a unit's value.
 * @param variance     of one unit's value, > 0
 * @param correlation  multiple correlation with the covariates, in (−1, 1)
 * @returns variance × (1 − correlation²)
 * @throws ExperimentError `out_of_range` at ["variance"] or ["correlation"]
 * @source Deng, Xu, Kohavi & Walker (2013), WSDM
 * @example
 * adjustedVariance(25, 0.6); // 16
 */
export function adjustedVariance(variance: number, correlation: number): number {
  requireNumber(variance, ["variance"], { above: 0 });
  requireNumber(correlation, ["correlation"], { above: -1, below: 1 });
  return variance * (1 - correlation) * (1 + correlation);
}

/**
 * Variance of one unit's linearised ratio, for sample sizes of ratio metrics.
 * @param moments  of [numerator, denominator] per unit, n ≥ 2
 * @returns variance in the ratio's unit squared
 * @throws ExperimentError what `checkMoments` throws; `insufficient_data` at ["moments", "n"]; `out_of_range` at
 *         ["moments", "mean", 1] for a mean denominator of 0
 * @source Deng, Knoblich & Lu (2018), KDD
 * @checked test/reference/power.json — mpmath 1.2.1
 * @example
 * const perUser = { n: 1000, names: ["orders", "sessions"], mean: [2, 8], comoment: [1500, 1100, 3000] };
 * ratioVariance(perUser); // 0.01779
 */
export function ratioVariance(moments: Moments): number {
  const linear = linearize(moments, ["moments"]);
  requireUnits(moments.n, ["moments", "n"], 2);
  if (!linear)
    throw new ExperimentError({ out_of_range }, ["moments", "mean", 1], 0, { expected: { above: 0 } });
  return linear.m2 / (linear.n - 1);
}
