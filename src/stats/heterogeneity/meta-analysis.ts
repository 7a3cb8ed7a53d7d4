import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { square } from "../../core/powers.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields, levelFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { normalTail, studentTail } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { numberAt } from "../numeric/number-at.js";
import { checkEffects, type MeasuredEffect } from "./check-effects.js";
import { type HeterogeneityTest, heterogeneity } from "./heterogeneity.js";

/** Inverse-variance mean with a variance between the effects, and Σ w, Σ w (y − mean)². */
export function weightedMean(effects: readonly MeasuredEffect[], between: number) {
  let weights = 0;
  let mean = 0;
  let spread = 0;
  for (const { value, standardError } of effects) {
    const weight = 1 / (standardError * standardError + between);
    weights += weight;
    const delta = value - mean;
    mean += (delta * weight) / weights;
    spread += weight * delta * (value - mean);
  }
  return { weights, mean, spread };
}

function largest(effects: readonly MeasuredEffect[]): number {
  const values = effects.map(({ value }) => value);
  const range = Math.max(...values) - Math.min(...values);
  return range * range * effects.length + 1e-300;
}

function derSimonianLaird(effects: readonly MeasuredEffect[]): number {
  const { weights, spread } = weightedMean(effects, 0);
  const each = effects.map(({ standardError }) => 1 / standardError / standardError);
  // Σ w − Σ w²/Σ w as Σ w (rest)/Σ w, the rest summed without the one: nothing cancels beside a dominant weight.
  let before = 0;
  const rests = each.map((weight) => {
    const sum = before;
    before += weight;
    return sum;
  });
  let after = 0;
  let scale = 0;
  for (let i = each.length - 1; i >= 0; i--) {
    const weight = numberAt(each, i);
    scale += (weight / weights) * (numberAt(rests, i) + after);
    after += weight;
  }
  return Math.max(0, (spread - (effects.length - 1)) / scale);
}

function pauleMandel(effects: readonly MeasuredEffect[]): number {
  const excess = (between: number) => weightedMean(effects, between).spread - (effects.length - 1);
  return excess(0) <= 0 ? 0 : bracketedRoot(excess, 0, largest(effects));
}

function reml(effects: readonly MeasuredEffect[]): number {
  const score = (between: number) => {
    const { weights, mean } = weightedMean(effects, between);
    let sum = 0;
    for (const { value, standardError } of effects) {
      const weight = 1 / (standardError * standardError + between);
      sum += weight * weight * (square(value - mean) + 1 / weights) - weight;
    }
    // In units of the effects' variance, so that its zero is found whatever their scale.
    return sum / weights;
  };
  return score(0) <= 0 ? 0 : bracketedRoot(score, 0, largest(effects));
}

/** The family of estimators of the variance between effects. */
export const betweenEstimators = {
  fixed: () => 0,
  "dersimonian-laird": derSimonianLaird,
  reml,
  "paule-mandel": pauleMandel,
} as const;

/** Name of an estimator of the variance between effects; `"fixed"` takes it as zero. */
export type BetweenEstimator = keyof typeof betweenEstimators;

/** Options of {@link metaAnalysis}. */
export interface MetaOptions extends EstimateOptions {
  /** Default `"reml"`. */
  readonly between?: BetweenEstimator;
  /** Default `"normal"`; `"hartung-knapp"` is a t interval that counts the variance between as estimated. */
  readonly interval?: "normal" | "hartung-knapp";
}

const betweenShape = {
  kind: "word",
  of: ["reml", "dersimonian-laird", "paule-mandel", "fixed"],
  optional: true,
} as const;

const metaFields = {
  ...estimateFields,
  between: betweenShape,
  interval: { kind: "word", of: ["normal", "hartung-knapp"], optional: true },
} as const satisfies FieldsFor<MetaOptions>;

/** The keys of `shrinkEffects`' options. */
export const shrinkFields = {
  ...levelFields,
  between: betweenShape,
} as const satisfies FieldsFor<Pick<MetaOptions, "level" | "between">>;

/** Effects taken together. */
export interface MetaAnalysis {
  /** Mean effect. */
  readonly estimate: Estimate;
  /** Variance between effects, in the effects' unit squared. */
  readonly betweenVariance: number;
  readonly heterogeneity: HeterogeneityTest;
  /** Where a new effect of the same kind is expected; a t interval under `"hartung-knapp"`. */
  readonly predictionInterval: readonly [lower: number, upper: number];
}

/** The variance between effects by the estimator of checked options. */
export function betweenVariance(
  effects: readonly MeasuredEffect[],
  { between = "reml" }: Pick<MetaOptions, "between">,
): number {
  return betweenEstimators[between](effects);
}

/**
 * Random-effects meta-analysis of the same effect in several segments, channels or experiments.
 * @param effects  one independent estimate each, at least two, with positive standard errors
 * @param options  between: `"reml"` (default), `"dersimonian-laird"`, `"paule-mandel"`, `"fixed"`; interval; level
 *                 (default 0.95); alternative
 * @returns mean effect, variance between effects, heterogeneity and a prediction interval, normal or t as the interval is;
 *          the estimate is `degenerate` under `hartung-knapp` when all effects are equal
 * @throws ExperimentError `insufficient_data` at ["effects"]; `not_finite` or `out_of_range` at ["effects", i, field];
 *         `unknown_key` or `unknown_name` at ["options", …]; `out_of_range` at ["options", "level"]
 * @source DerSimonian & Laird (1986); Paule & Mandel (1982); Viechtbauer (2005) for REML; Hartung & Knapp (2001)
 * @checked test/reference/heterogeneity.json — mpmath 1.2.1, R 4.2.2 metafor 3.8-1; test/reference/programme.json — R
 *          metafor 3.8-1, Hartung–Knapp with prediction intervals
 * @example
 * const trials = [
 *   { value: 0.1, standardError: 0.17 },
 *   { value: 0.35, standardError: 0.22 },
 *   { value: 0.65, standardError: 0.1 },
 * ];
 * const { estimate, betweenVariance } = metaAnalysis(trials);
 * [estimate.value, betweenVariance]; // [0.3907, 0.0654]
 */
export function metaAnalysis(effects: readonly MeasuredEffect[], options: MetaOptions = {}): MetaAnalysis {
  checkOptions(options, metaFields);
  checkEffects(effects, 2);
  const { interval: kind = "normal" } = options;
  const between = betweenVariance(effects, options);
  const { weights, mean, spread } = weightedMean(effects, between);
  const df = effects.length - 1;
  const plain = 1 / Math.sqrt(weights);
  const standardError = kind === "normal" ? plain : Math.sqrt(spread / df / weights);
  const tail = kind === "normal" ? normalTail : studentTail(df);
  const method = `${options.between ?? "reml"}${kind === "normal" ? "" : "-hartung-knapp"}`;
  const reach =
    tail.critical((1 - readLevel(options)) / 2) * Math.sqrt(standardError * standardError + between);
  return {
    estimate: symmetricEstimate(method, mean, standardError, tail, options),
    betweenVariance: between,
    heterogeneity: heterogeneity(effects),
    predictionInterval: [mean - reach, mean + reach],
  };
}
