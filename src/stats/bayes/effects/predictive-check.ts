import { normalSurvival, normalSurvivalQuantile } from "../../../distributions/index.js";
import { requireShape } from "../../../shapes/index.js";
import type { MeasuredEffect } from "../../heterogeneity/check-effects.js";
import { checkOptions } from "../../inference/check-options.js";
import { levelFields } from "../../inference/estimate-fields.js";
import { readLevel } from "../../inference/read-options.js";
import { checkEffect } from "./check-effect.js";
import { type EffectPrior, effectPriorFields } from "./effect-prior.js";

/** Whether a prior foresaw an estimate. */
export interface PredictiveCheck {
  /** Where the estimate was to be expected, at the level. */
  readonly expected: readonly [lower: number, upper: number];
  readonly level: number;
  /** Probability of an estimate at least as far from the prior's mean, if the prior is right. */
  readonly pValue: number;
  /** Whether the estimate lies outside of what was to be expected: then prior or data deserve a second look. */
  readonly surprising: boolean;
}

/**
 * Prior predictive check: whether an estimate lies where its prior, and its own error, let one expect it.
 * @param effect   value and standard error (> 0) on the prior's scale
 * @param prior    mean and standard deviation (> 0)
 * @param options  level, default 0.95
 * @returns where the estimate was expected, and how likely one as far off is under the prior, [0, 1]
 * @throws ExperimentError `out_of_range` or `not_finite` at ["effect", field], ["prior", field] or ["options", "level"]
 * @source Box (1980), JRSS A 143
 * @example
 * predictiveCheck({ value: 0.3, standardError: 0.03 }, { mean: 0, standardDeviation: 0.04 }).surprising; // true
 */
export function predictiveCheck(
  effect: MeasuredEffect,
  prior: EffectPrior,
  options: { readonly level?: number } = {},
): PredictiveCheck {
  checkOptions(options, levelFields);
  checkEffect(effect);
  requireShape(prior, { kind: "object", has: effectPriorFields }, ["prior"]);
  const level = readLevel(options);
  const deviation = Math.hypot(effect.standardError, prior.standardDeviation);
  const reach = deviation * normalSurvivalQuantile((1 - level) / 2);
  const pValue = Math.min(1, 2 * normalSurvival(Math.abs(effect.value - prior.mean) / deviation));
  return {
    expected: [prior.mean - reach, prior.mean + reach],
    level,
    pValue,
    surprising: pValue < 1 - level,
  };
}
