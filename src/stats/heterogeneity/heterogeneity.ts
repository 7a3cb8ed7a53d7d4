import { square } from "../../core/powers.js";
import { chiSquareSurvival } from "../../distributions/index.js";
import { checkEffects, type MeasuredEffect } from "./check-effects.js";

/** How much effects differ beyond chance, and what they are together. */
export interface HeterogeneityTest {
  /** Cochran's Q, its degrees of freedom, and the p-value of "all effects are the same". */
  readonly q: number;
  readonly df: number;
  readonly pValue: number;
  /** Share of the spread that chance does not explain, a fraction in [0, 1). */
  readonly iSquared: number;
  /** Inverse-variance mean of the effects. */
  readonly pooled: MeasuredEffect;
}

/**
 * Whether effects differ between channels, segments, periods …: Cochran's Q and I².
 * @param effects  one independent estimate a level, at least two, each with a positive standard error
 * @returns q, df = levels − 1, pValue in [0, 1], iSquared as a fraction, and the fixed-effect pooled estimate
 * @throws ExperimentError `insufficient_data` at ["effects"]; `not_finite` at ["effects", i, "value"];
 *         `out_of_range` at ["effects", i, "standardError"]
 * @source Cochran (1954), Biometrics 10; Higgins & Thompson (2002), Statistics in Medicine 21
 * @checked test/reference/heterogeneity.json — R 4.2.2 metafor 3.8-1
 * @example
 * const channels = [
 *   { value: 0.1, standardError: 0.1 },
 *   { value: 0.6, standardError: 0.12 },
 * ];
 * heterogeneity(channels).pValue; // 0.00137
 */
export function heterogeneity(effects: readonly MeasuredEffect[]): HeterogeneityTest {
  checkEffects(effects, 2);
  const smallest = Math.min(...effects.map((effect) => effect.standardError));
  let weights = 0;
  let mean = 0;
  let q = 0;
  for (const { value, standardError } of effects) {
    const weight = square(smallest / standardError);
    weights += weight;
    const delta = value - mean;
    mean += (delta * weight) / weights;
    q += weight * (delta / smallest) * ((value - mean) / smallest);
  }
  const df = effects.length - 1;
  q = Math.max(0, q);
  return {
    q,
    df,
    pValue: chiSquareSurvival(q, df),
    iSquared: q > df ? (q - df) / q : 0,
    pooled: { value: mean, standardError: smallest / Math.sqrt(weights) },
  };
}
