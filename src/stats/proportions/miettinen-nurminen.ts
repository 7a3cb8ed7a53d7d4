import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { checkProportions, type Proportion, rateDifference } from "./proportion.js";
import { differenceScore } from "./restricted-rate.js";

/** Bounds of the differences whose score stays within the critical value. */
function bounds(
  control: Proportion,
  treatment: Proportion,
  value: number,
  critical: number,
): [number, number] {
  const n = control.n + treatment.n;
  const excess = (limit: number) => (difference: number) => {
    const score = differenceScore(control, treatment, value, difference, n / (n - 1));
    return (Number.isFinite(score) ? score : Math.sign(score) * 1e9) - limit;
  };
  return [
    value === -1 ? -1 : bracketedRoot(excess(critical), -1, value, 1e-14),
    value === 1 ? 1 : bracketedRoot(excess(-critical), value, 1, 1e-14),
  ];
}

/** Half the interval's width at a critical value of 1, where no difference has no variance. */
function halfWidth(control: Proportion, treatment: Proportion, value: number): number {
  const [lower, upper] = bounds(control, treatment, value, 1);
  return (upper - lower) / 2;
}

/**
 * Difference of two proportions, Miettinen & Nurminen's score interval: the differences that a score test with the
 * rates of largest likelihood under each does not reject. Close to its level on average; `newcombe` never falls as low.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control rate; statistic and pValue are the score test's of no difference, and
 *          standardError is the one under no difference (where that is zero because nobody or everybody succeeded, the
 *          half-width at a critical value of 1)
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Miettinen & Nurminen (1985), Statistics in Medicine 4
 * @checked test/reference/proportions.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * const difference = miettinenNurminen({ x: 3, n: 40 }, { x: 9, n: 42 });
 * difference.status === "ok" && difference.interval; // [-0.01634, 0.2985]
 */
export function miettinenNurminen(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const method = "miettinen-nurminen";
  const value = rateDifference(control, treatment);
  const n = control.n + treatment.n;
  const x = control.x + treatment.x;
  const variance = (x / n) * ((n - x) / (n - 1)) * (1 / control.n + 1 / treatment.n);
  const statistic = variance > 0 ? value / Math.sqrt(variance) : 0;
  const critical = normalTail.critical(outside(level, alternative));
  const [lower, upper] = bounds(control, treatment, value, critical);
  return {
    status: "ok",
    method,
    value,
    standardError: variance > 0 ? Math.sqrt(variance) : halfWidth(control, treatment, value),
    interval: interval(lower, upper, alternative),
    level,
    pValue: pValueOf(statistic, alternative, normalTail),
    statistic,
  };
}
