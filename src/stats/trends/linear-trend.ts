import { normalQuantile, normalSurvival } from "../../distributions/index.js";
import type { MeasuredEffect } from "../heterogeneity/check-effects.js";

/** A straight line through values in their order. */
export interface LinearTrend {
  /** Change from one value to the next, in the values' unit. */
  readonly slope: number;
  readonly standardError: number;
  readonly interval: readonly [lower: number, upper: number];
  /** Two-sided, of "no slope". */
  readonly pValue: number;
}

/**
 * The linear contrast with equally spaced scores: the slope of the weighted line through values in their order.
 * @param values  independent, in their order, at least two, each with a positive standard error
 * @param level   of the interval, fraction in (0, 1)
 * @source Armitage (1955), Biometrics 11; weights 1/standardError²
 */
export function linearTrend(values: readonly MeasuredEffect[], level: number): LinearTrend {
  const weights = values.map(({ standardError }) => 1 / (standardError * standardError));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const centre = weights.reduce((sum, weight, at) => sum + weight * at, 0) / total;
  let [across, spread] = [0, 0];
  values.forEach(({ value }, at) => {
    const weight = weights[at] ?? 0;
    across += weight * (at - centre) * value;
    spread += weight * (at - centre) * (at - centre);
  });
  const slope = across / spread;
  const standardError = 1 / Math.sqrt(spread);
  const half = normalQuantile((1 + level) / 2) * standardError;
  return {
    slope,
    standardError,
    interval: [slope - half, slope + half],
    pValue: Math.min(1, 2 * normalSurvival(Math.abs(slope) / standardError)),
  };
}
