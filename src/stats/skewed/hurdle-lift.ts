import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { degenerate } from "../inference/symmetric-estimate.js";
import { interval, outside, pValueOf, studentTail } from "../inference/tail.js";
import { welchDf } from "../means/welch.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { digamma } from "../numeric/digamma.js";
import { checkHurdle, type Hurdle } from "./hurdle.js";

/** Logarithm of the mean of the positive values, and its variance, under a model of their distribution. */
interface LogMean {
  readonly value: number;
  readonly variance: number;
}

function logNormal({ logs }: Hurdle): LogMean {
  const s2 = logs.m2 / (logs.n - 1);
  return { value: logs.mean + s2 / 2, variance: s2 / logs.n + (s2 * s2) / (2 * (logs.n - 1)) };
}

function gamma({ positive, logs }: Hurdle): LogMean {
  const gap = Math.log(positive.mean) - logs.mean;
  if (!(gap > 0)) return { value: Math.log(positive.mean), variance: 0 };
  // Likelihood's shape: log k − ψ(k) = gap, which lies between 1/2k and 1/k.
  const shape = bracketedRoot((k) => Math.log(k) - digamma(k) - gap, 0.5 / gap, 1 / gap, 1e-12);
  return { value: Math.log(positive.mean), variance: 1 / (positive.n * shape) };
}

/** The family of hurdle models: what the positive values are taken to follow. */
export const hurdleModels = { "log-normal": logNormal, gamma } as const;

/** Name of a hurdle model. */
export type HurdleModel = keyof typeof hurdleModels;

/** Options of {@link hurdleLift}. */
export interface HurdleOptions extends EstimateOptions {
  /** Default `"log-normal"`. */
  readonly model?: HurdleModel;
}

const hurdleFields = {
  ...estimateFields,
  model: { kind: "word", of: ["log-normal", "gamma"], optional: true },
} as const satisfies FieldsFor<HurdleOptions>;

/**
 * Lift of a mean of mostly-zero values under a hurdle model: a share of units is positive, and positive values follow
 * a log-normal or a gamma distribution. A model: where the values do not follow it, estimate and interval are wrong
 * together, so it is never chosen by default and its method's name says `model`.
 * @param control    `hurdleOf` one arm's values
 * @param treatment  the same of the other arm
 * @param options    model; level, default 0.95; alternative, default two-sided
 * @returns Estimate of (treatment − control)/control under the model, a fraction; statistic t on the log scale;
 *          `degenerate` when nothing varies
 * @throws ExperimentError `insufficient_data` at [arm, "positive", "n"]; `out_of_range` or `not_finite` at the field;
 *         `unknown_name` at ["options", "model"]; `unknown_key` at ["options", …]; `out_of_range` at ["options", "level"]
 * @source Aitchison (1955), JASA 50; Zhou & Tu (1999), Biometrics 55; Minka (2002) for the gamma shape
 * @checked docs/calibration.md
 * @example
 * const spend = (buyers: number) => Array.from({ length: 200 }, (_, i) => (i < buyers ? 10 + i : 0));
 * hurdleLift(hurdleOf(spend(20)), hurdleOf(spend(26))).value; // 0.5027
 */
export function hurdleLift(control: Hurdle, treatment: Hurdle, options: HurdleOptions = {}): Estimate {
  checkOptions(options, hurdleFields);
  checkHurdle(control, "control");
  checkHurdle(treatment, "treatment");
  const { model = "log-normal" } = options;
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const method = `${model}-hurdle-model`;
  const part = (arm: Hurdle) => {
    const mean = hurdleModels[model](arm);
    const share = arm.positive.n / arm.n;
    return {
      value: Math.log(share) + mean.value,
      variance: (1 - share) / arm.positive.n + mean.variance,
      df: arm.positive.n - 1,
    };
  };
  const [a, b] = [part(control), part(treatment)];
  const logRatio = b.value - a.value;
  const value = Math.expm1(logRatio);
  const logError = Math.sqrt(a.variance + b.variance);
  if (logError === 0) return degenerate(method, value, level);
  const tail = studentTail(welchDf(a, b));
  const reach = tail.critical(outside(level, alternative)) * logError;
  const statistic = logRatio / logError;
  return {
    status: "ok",
    method,
    value,
    standardError: (1 + value) * logError,
    interval: interval(Math.expm1(logRatio - reach), Math.expm1(logRatio + reach), alternative),
    level,
    pValue: pValueOf(statistic, alternative, tail),
    statistic,
    df: tail.df as number,
    flags: ["model"],
  };
}
