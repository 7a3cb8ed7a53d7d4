import type { FieldsFor } from "../../../shapes/index.js";
import { checkEffects, type MeasuredEffect } from "../../heterogeneity/check-effects.js";
import {
  type BetweenEstimator,
  betweenVariance,
  shrinkFields,
  weightedMean,
} from "../../heterogeneity/meta-analysis.js";
import { checkOptions } from "../../inference/check-options.js";
import type { EffectPrior } from "./effect-prior.js";

/** Options of {@link fitPrior}. */
export interface FitPriorOptions {
  /** How the variance between effects is estimated; default `"reml"`, the marginal likelihood. */
  readonly between?: BetweenEstimator;
}

const fields = { between: shrinkFields.between } as const satisfies FieldsFor<FitPriorOptions>;

/**
 * A prior of an effect from the effects of past experiments (empirical Bayes): normal, with the variance between them beyond
 * what their own errors explain, and that of their estimated mean. Proper, however alike the effects are.
 * @param effects  one estimate per past experiment, on one scale, of one metric; at least two, with positive standard errors.
 *                 All of them: a prior of those that were shipped promises too much
 * @param options  between: `"reml"` (marginal likelihood; default), `"dersimonian-laird"` (moments), `"paule-mandel"`, `"fixed"`
 * @returns mean and standard deviation of the effect to be expected of the next experiment, for `effectPosterior`
 * @throws ExperimentError `insufficient_data` at ["effects"]; `not_finite` or `out_of_range` at ["effects", i, field];
 *         `unknown_key` or `unknown_name` at ["options", …]
 * @source Efron & Morris (1975), JASA 70; Viechtbauer (2005) for REML
 * @checked test/reference/effect-posteriors.json — mpmath
 * @example
 * const past = [0.01, 0.04, -0.02, 0.03].map((value) => ({ value, standardError: 0.01 }));
 * const { mean, standardDeviation } = fitPrior(past);
 * [mean, standardDeviation]; // [0.015, 0.02784]
 */
export function fitPrior(effects: readonly MeasuredEffect[], options: FitPriorOptions = {}): EffectPrior {
  checkOptions(options, fields);
  checkEffects(effects, 2);
  const between = betweenVariance(effects, options);
  const { mean, weights } = weightedMean(effects, between);
  return { mean, standardDeviation: Math.sqrt(between + 1 / weights) };
}
