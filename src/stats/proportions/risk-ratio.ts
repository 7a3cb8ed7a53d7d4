import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf } from "../inference/tail.js";
import { checkProportions, type Proportion } from "./proportion.js";

/** exp(log ratio ± critical value × its standard error), tested against a ratio of 1. */
export function logRatioEstimate(
  method: string,
  value: number,
  logError: number,
  options: EstimateOptions,
): Estimate {
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const center = Math.log(value);
  const reach = normalTail.critical(outside(level, alternative)) * logError;
  const [lower, upper] = interval(center - reach, center + reach, alternative);
  const statistic = center / logError;
  return {
    status: "ok",
    method,
    value,
    standardError: value * logError,
    interval: [Math.exp(lower), Math.exp(upper)],
    level,
    pValue: pValueOf(statistic, alternative, normalTail),
    statistic,
  };
}

/**
 * Ratio of two success rates, treatment over control, with Katz's interval on the log scale.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative of the ratio against 1, default two-sided
 * @returns Estimate: value is the ratio (1 is no effect); standardError by the delta method; `undefined` when an arm
 *          has no success, `degenerate` when everybody succeeded in both
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Katz, Baptista, Azen & Pike (1978), Biometrics 34
 * @checked test/reference/proportions.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * riskRatio({ x: 100, n: 1000 }, { x: 130, n: 1010 }).value; // 1.287
 */
export function riskRatio(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const method = "katz-log";
  const level = readLevel(options);
  if (control.x === 0 || treatment.x === 0)
    return {
      status: "undefined",
      method,
      reason: "an arm without a success has no logarithm of its rate",
      level,
    };
  const part = ({ x, n }: Proportion) => (n - x) / x / n;
  const logError = Math.sqrt(part(control) + part(treatment));
  const value = (treatment.x / control.x) * (control.n / treatment.n);
  if (logError === 0)
    return { status: "degenerate", method, reason: "everybody succeeded in both arms", value, level };
  return logRatioEstimate(method, value, logError, options);
}

/**
 * Ratio of two odds of success, treatment over control, with Woolf's interval on the log scale.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative of the ratio against 1, default two-sided
 * @returns Estimate: value is the odds ratio (1 is no effect); standardError by the delta method; `undefined` when an
 *          arm has no success or no failure
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Woolf (1955), Annals of Human Genetics 19
 * @checked test/reference/proportions.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * oddsRatio({ x: 100, n: 1000 }, { x: 130, n: 1010 }).value; // 1.33
 */
export function oddsRatio(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const counts = [treatment.x, treatment.n - treatment.x, control.x, control.n - control.x] as const;
  if (counts.includes(0))
    return {
      status: "undefined",
      method: "woolf",
      reason: "an arm without a success or without a failure has no logarithm of its odds",
      level: readLevel(options),
    };
  const [a, b, c, d] = counts;
  return logRatioEstimate("woolf", (a / b) * (d / c), Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), options);
}
