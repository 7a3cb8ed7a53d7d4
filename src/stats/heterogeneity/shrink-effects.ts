import { square } from "../../core/powers.js";
import { checkOptions } from "../inference/check-options.js";
import { readLevel } from "../inference/read-options.js";
import { normalTail } from "../inference/tail.js";
import { checkEffects, type MeasuredEffect } from "./check-effects.js";
import { betweenVariance, type MetaOptions, shrinkFields, weightedMean } from "./meta-analysis.js";

/** One effect after shrinkage towards the mean of all. */
export interface ShrunkEffect {
  /** Posterior mean. */
  readonly value: number;
  /** With the uncertainty of the mean and of the variance between effects; `naiveStandardError` takes both as known. */
  readonly standardError: number;
  readonly naiveStandardError: number;
  readonly interval: readonly [lower: number, upper: number];
  /** Share of the way to the mean of all, in [0, 1]. */
  readonly shrinkage: number;
}

/** All effects after shrinkage. */
export interface Shrinkage {
  readonly mean: number;
  readonly betweenVariance: number;
  readonly effects: readonly ShrunkEffect[];
}

/**
 * Empirical-Bayes shrinkage of segment effects: each is pulled to the mean of all, the more the noisier it is, so that
 * the best-looking segment is no longer the luckiest one.
 * @param effects  one independent estimate each, at least two, with positive standard errors
 * @param options  between: `"reml"` (default) …; level, default 0.95
 * @returns mean, variance between effects, and the effects in the order given
 * @throws ExperimentError as `metaAnalysis`
 * @source Efron & Morris (1975), JASA 70; Morris (1983), JASA 78
 * @checked test/reference/heterogeneity.json — mpmath 1.2.1, R 4.2.2 metafor 3.8-1 (blup)
 * @example
 * const channels = [
 *   { value: 0.1, standardError: 0.17 },
 *   { value: 0.35, standardError: 0.22 },
 *   { value: 0.65, standardError: 0.1 },
 * ];
 * shrinkEffects(channels).effects.map(({ value }) => value); // [0.1891, 0.3673, 0.6156]
 */
export function shrinkEffects(
  effects: readonly MeasuredEffect[],
  options: Pick<MetaOptions, "level" | "between"> = {},
): Shrinkage {
  checkOptions(options, shrinkFields);
  checkEffects(effects, 2);
  const between = betweenVariance(effects, options);
  const { weights, mean } = weightedMean(effects, between);
  const critical = normalTail.critical((1 - readLevel(options)) / 2);
  const k = effects.length;
  // Harmonic mean of the total variances: the scale on which the variance between effects is uncertain.
  const typical = k / weights;
  return {
    mean,
    betweenVariance: between,
    effects: effects.map(({ value, standardError }) => {
      const variance = standardError * standardError;
      const shrinkage = variance / (variance + between);
      const posterior = shrinkage * mean + (1 - shrinkage) * value;
      const naive = (1 - shrinkage) * variance;
      const uncertain =
        k > 3 ? ((2 / (k - 3)) * square(shrinkage * (value - mean)) * typical) / (variance + between) : 0;
      const error = Math.sqrt(naive + (shrinkage * shrinkage) / weights + uncertain);
      return {
        value: posterior,
        standardError: error,
        naiveStandardError: Math.sqrt(naive),
        interval: [posterior - critical * error, posterior + critical * error] as const,
        shrinkage,
      };
    }),
  };
}
