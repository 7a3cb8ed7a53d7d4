import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { requireList, requireMethod } from "../../errors/index.js";
import type { RandomSource } from "../../random/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { degenerate } from "../inference/symmetric-estimate.js";
import { interval, outside } from "../inference/tail.js";
import { momentsOf } from "../moments/moments-of.js";
import { type MeanVariance, resampler } from "./resample.js";

/** Options of {@link bootstrapLift}. */
export interface BootstrapOptions extends EstimateOptions {
  /** Where chance comes from; the same source in the same state gives the same estimate. */
  readonly random: RandomSource;
  /** Resamples, at least 99; default 1999. The p-value cannot be smaller than 2/(replicates + 1). */
  readonly replicates?: number;
}

const bootstrapFields = {
  ...estimateFields,
  random: { kind: "anything" },
  replicates: { kind: "number", atLeast: 99, whole: true, optional: true },
} as const satisfies FieldsFor<BootstrapOptions>;

const relativeVariance = ({ mean, variance }: MeanVariance) => variance / mean / mean;

/**
 * Lift from raw values by the bootstrap-t on the log scale: the distribution of the studentised log ratio is learnt by
 * resampling both arms, so that skewness needs no formula. For skewed revenue with few buyers in one arm.
 * @param control    one value per unit (not moments), n ≥ 2, positive mean
 * @param treatment  the same of the other arm
 * @param options    random; replicates; level, default 0.95; alternative, default two-sided
 * @returns Estimate of (treatment − control)/control, a fraction; `undefined` when a mean is not positive,
 *          `degenerate` when nothing varies, `unbounded` when too many resamples have an arm without a positive mean
 * @throws ExperimentError `insufficient_data` at ["control", "length"] or ["treatment", "length"]; `not_finite` at
 *         [arm, i]; `out_of_range` at ["options", "replicates"] or ["options", "level"]; `missing_value` at
 *         ["options", "random"]; `unknown_key` at ["options", …]
 * @source Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 12; Hall (1992), The Bootstrap and
 *         Edgeworth Expansion
 * @checked docs/calibration.md
 * @example
 * const spend = (buyers: number) => Array.from({ length: 200 }, (_, i) => (i < buyers ? 10 + i : 0));
 * const random = randomSource("docs"); // from "essai/random"
 * bootstrapLift(spend(20), spend(26), { random, replicates: 199 }).value; // 0.5
 */
export function bootstrapLift(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  options: BootstrapOptions,
): Estimate {
  checkOptions(options, bootstrapFields);
  requireMethod(options.random, ["options", "random"], "next");
  for (const [arm, values] of [["control", control] as const, ["treatment", treatment] as const]) {
    requireList(values, [arm]);
    requireUnits(values.length, [arm, "length"], 2);
  }
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const { replicates = 1999 } = options;
  const method = "log-bootstrap-t";
  const draws = [resampler(control, ["control"]), resampler(treatment, ["treatment"])] as const;
  const observed = [control, treatment].map((values) => {
    const { n, mean, m2 } = momentsOf(values);
    return { mean, variance: m2 / (n - 1) / n };
  }) as [MeanVariance, MeanVariance];
  const [c, t] = observed;
  if (!(c.mean > 0 && t.mean > 0))
    return { status: "undefined", method, reason: "a mean that is not positive has no logarithm", level };
  const logRatio = Math.log(t.mean / c.mean);
  const value = (t.mean - c.mean) / c.mean;
  const logError = Math.sqrt(relativeVariance(c) + relativeVariance(t));
  if (logError === 0) return degenerate(method, value, level);
  const statistics = new Float64Array(replicates);
  for (let i = 0; i < replicates; i++) {
    const [a, b] = [draws[0](options.random), draws[1](options.random)];
    // A resample without a positive mean has its log ratio at an end of the line.
    if (!(a.mean > 0)) statistics[i] = Number.POSITIVE_INFINITY;
    else if (!(b.mean > 0)) statistics[i] = Number.NEGATIVE_INFINITY;
    else {
      const gap = Math.log(b.mean / a.mean) - logRatio;
      const error = Math.sqrt(relativeVariance(a) + relativeVariance(b));
      statistics[i] = gap === 0 ? 0 : gap / error;
    }
  }
  statistics.sort();
  const tail = outside(level, alternative);
  const at = (share: number) => {
    const place = Math.min(replicates, Math.max(1, share * (replicates + 1)));
    const [below, part] = [Math.floor(place), place - Math.floor(place)];
    const low = statistics[below - 1] as number;
    return part === 0 ? low : low + part * ((statistics[below] as number) - low);
  };
  const statistic = logRatio / logError;
  let [above, under] = [1, 1];
  for (const each of statistics) {
    if (each >= statistic) above++;
    if (each <= statistic) under++;
  }
  const upperTail = above / (replicates + 1);
  const lowerTail = under / (replicates + 1);
  const pValue =
    alternative === "two-sided"
      ? Math.min(1, 2 * Math.min(upperTail, lowerTail))
      : alternative === "greater"
        ? upperTail
        : lowerTail;
  const [low, high] = [logRatio - at(1 - tail) * logError, logRatio - at(tail) * logError];
  if (!Number.isFinite(low) || !Number.isFinite(high))
    return {
      status: "unbounded",
      method,
      reason: "too many resamples have an arm without a positive mean; there are too few non-zero values",
      value,
      level,
      pValue,
    };
  return {
    status: "ok",
    method,
    value,
    standardError: (1 + value) * logError,
    interval: interval(Math.expm1(low), Math.expm1(high), alternative),
    level,
    pValue,
    statistic,
  };
}
