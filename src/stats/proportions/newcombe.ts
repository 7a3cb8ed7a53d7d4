import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { checkProportions, type Proportion, rateDifference } from "./proportion.js";
import { unpooledError } from "./wald.js";
import { wilsonBounds } from "./wilson-bounds.js";

function bounds(control: Proportion, treatment: Proportion, critical: number): [number, number] {
  const [c, t] = [control.x / control.n, treatment.x / treatment.n];
  const [cLow, cHigh] = wilsonBounds(control, critical);
  const [tLow, tHigh] = wilsonBounds(treatment, critical);
  const value = rateDifference(control, treatment);
  return [value - Math.hypot(t - tLow, cHigh - c), value + Math.hypot(tHigh - t, c - cLow)];
}

/** Half the interval's width at a critical value of 1, where Wald's standard error is zero. */
function halfWidth(control: Proportion, treatment: Proportion): number {
  const [lower, upper] = bounds(control, treatment, 1);
  return (upper - lower) / 2;
}

/**
 * Difference of two proportions, Newcombe's hybrid of two Wilson intervals (his method 10). The one to use by default:
 * over the designs of docs/calibration.md its coverage never falls below 94.5 %.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control rate; pValue is 1 minus the level at which the interval just
 *          reaches zero, statistic its normal point; standardError is Wald's, or where that is zero the
 *          half-width at a critical value of 1
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Newcombe (1998), Statistics in Medicine 17
 * @checked test/reference/proportions.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * const difference = newcombe({ x: 3, n: 40 }, { x: 9, n: 42 });
 * difference.status === "ok" && difference.interval; // [-0.01801, 0.2925]
 */
export function newcombe(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const value = rateDifference(control, treatment);
  const critical = normalTail.critical(outside(level, alternative));
  const [lower, upper] = bounds(control, treatment, critical);
  const side = value > 0 ? 0 : 1;
  const statistic =
    value === 0
      ? 0
      : Math.sign(value) * bracketedRoot((c) => bounds(control, treatment, c)[side] as number, 0, 1e5);
  return {
    status: "ok",
    method: "newcombe",
    value,
    standardError: unpooledError(control, treatment) || halfWidth(control, treatment),
    interval: interval(lower, upper, alternative),
    level,
    pValue: pValueOf(statistic, alternative, normalTail),
    statistic,
  };
}
