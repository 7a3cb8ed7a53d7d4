import { square } from "../../../core/powers.js";
import {
  normalCdf,
  normalPdf,
  normalSurvival,
  normalSurvivalQuantile,
} from "../../../distributions/index.js";
import { type FieldsFor, requireShape } from "../../../shapes/index.js";
import type { MeasuredEffect } from "../../heterogeneity/check-effects.js";
import { checkOptions } from "../../inference/check-options.js";
import { levelFields } from "../../inference/estimate-fields.js";
import { readLevel } from "../../inference/read-options.js";
import { checkEffect } from "./check-effect.js";
import { type EffectPrior, effectPriorFields } from "./effect-prior.js";

/** Options of {@link effectPosterior}. */
export interface EffectPosteriorOptions {
  /** Of the credible interval, fraction in (0, 1); default 0.95. */
  readonly level?: number;
  /** Which effects are good; default `"higher"`. */
  readonly better?: "higher" | "lower";
  /** Effects of at most this size, either way, are as good as none; on the effect's scale. */
  readonly rope?: number;
}

const fields = {
  ...levelFields,
  better: { kind: "word", of: ["higher", "lower"], optional: true },
  rope: { kind: "number", atLeast: 0, optional: true },
} as const satisfies FieldsFor<EffectPosteriorOptions>;

/** What is believed of an effect after its data, on the scale of the effect. */
export interface EffectPosterior {
  readonly mean: number;
  readonly standardDeviation: number;
  /** Probability that the effect is good. */
  readonly chance: number;
  /** What is given up on average by choosing control, or the treatment. */
  readonly loss: { readonly control: number; readonly treatment: number };
  /** Credible; equal tails and highest density are the same here. */
  readonly interval: readonly [lower: number, upper: number];
  readonly level: number;
  /** Probability of an effect as good as none, where a region was given. */
  readonly rope?: number;
}

/** Expectation of what a standard normal quantity is above z, or 0. */
const above = (z: number): number => normalPdf(z) - z * normalSurvival(z);

/**
 * What is believed of an effect, from its estimate and a normal prior on the same scale, difference or lift: whatever the
 * estimator, adjusted ones and ratios too, as far as its estimate is about normal.
 * @param effect   value and standard error (> 0), e.g. an `Estimate` that is `ok`
 * @param prior    mean and standard deviation (> 0) before the data, e.g. of `fitPrior`
 * @param options  level, default 0.95; better, default `"higher"`; rope
 * @returns normal posterior: mean, standard deviation, chance, expected losses, interval, on the effect's scale
 * @throws ExperimentError `out_of_range` or `not_finite` at ["effect", field], ["prior", field] or ["options", field]
 * @source Deng (2015), WWW companion, for effects with a normal prior; Gelman et al. (2013), Bayesian Data Analysis, 2.5
 * @checked test/reference/effect-posteriors.json — mpmath, gbstats
 * @example
 * const { chance, loss } = effectPosterior({ value: 0.02, standardError: 0.01 }, { mean: 0, standardDeviation: 0.05 });
 * [chance, loss.treatment]; // [0.9751, 0.00009233]
 */
export function effectPosterior(
  effect: MeasuredEffect,
  prior: EffectPrior,
  options: EffectPosteriorOptions = {},
): EffectPosterior {
  checkOptions(options, fields);
  checkEffect(effect);
  requireShape(prior, { kind: "object", has: effectPriorFields }, ["prior"]);
  const level = readLevel(options);
  const { better = "higher", rope } = options;
  const [own, known] = [1 / square(effect.standardError), 1 / square(prior.standardDeviation)];
  const share = own / (own + known);
  const mean = share * effect.value + (1 - share) * prior.mean;
  const standardDeviation = Math.sqrt(1 / (own + known));
  const z = ((better === "higher" ? 1 : -1) * mean) / standardDeviation;
  const reach = standardDeviation * normalSurvivalQuantile((1 - level) / 2);
  const within = (width: number) => {
    // From the nearer tail, so that small probabilities are not the rest of large ones.
    const away = Math.abs(mean);
    return (
      normalSurvival((away - width) / standardDeviation) - normalSurvival((away + width) / standardDeviation)
    );
  };
  return {
    mean,
    standardDeviation,
    chance: normalCdf(z),
    loss: { control: standardDeviation * above(-z), treatment: standardDeviation * above(z) },
    interval: [mean - reach, mean + reach],
    level,
    ...(rope === undefined ? {} : { rope: within(rope) }),
  };
}
