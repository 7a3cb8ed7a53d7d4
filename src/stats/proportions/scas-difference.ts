import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { checkProportions, type Proportion, rateDifference } from "./proportion.js";
import { differenceDeviate } from "./skew-score.js";

/** Large enough to stand for infinity where a root is looked for, small enough to interpolate with. */
const FAR = 1e9;

const gentle = (observed: number): number => Math.max(-FAR, Math.min(FAR, observed));

/** Differences whose deviate is ±critical. */
function bounds(
  control: Proportion,
  treatment: Proportion,
  value: number,
  critical: number,
): [lower: number, upper: number] {
  const beyond = (limit: number) => (difference: number) =>
    gentle(differenceDeviate(control, treatment, value, difference)) - limit;
  // Agresti & Caffo's interval is near; where it does not hold the bound, the rest of the scale does.
  const p = (control.x + 1) / (control.n + 2);
  const q = (treatment.x + 1) / (treatment.n + 2);
  const error = Math.sqrt((p * (1 - p)) / (control.n + 2) + (q * (1 - q)) / (treatment.n + 2));
  const near = error * Math.max(0.1, Math.abs(critical) / 4);
  const bound = (limit: number, guess: number) => {
    const f = beyond(limit);
    const [from, to] = [Math.max(-1, Math.min(1, guess - near)), Math.min(1, Math.max(-1, guess + near))];
    const [first, last] = [f(from), f(to)];
    if (first >= 0 && last <= 0) return bracketedRoot(f, from, to, 1e-13);
    return first < 0 ? bracketedRoot(f, -1, from, 1e-13) : bracketedRoot(f, to, 1, 1e-13);
  };
  return [
    value === -1 ? -1 : bound(critical, q - p - critical * error),
    value === 1 ? 1 : bound(-critical, q - p + critical * error),
  ];
}

/**
 * Difference of two proportions by the skewness-corrected score test (SCAS): the differences that the test does not
 * reject. It holds its level on each side where arms are unequal and events few, where plain score tests do not; the p-value
 * and the interval come from one test and cannot contradict each other, nor those of {@link scasLift}.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns Estimate: value = treatment − control rate; statistic is the corrected score of no difference, pValue its
 *          normal tail; standardError is half the interval's width over its critical value, above 0 even where nobody or
 *          everybody succeeded
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Laud (2017), Pharmaceutical Statistics 16; Gart & Nam (1990), Biometrics 46
 * @checked test/reference/proportions.json — R 4.2.2, ratesci 0.4
 * @example
 * const difference = scasDifference({ x: 3, n: 40 }, { x: 9, n: 42 });
 * difference.status === "ok" && difference.interval; // [-0.01572, 0.2974]
 */
export function scasDifference(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const value = rateDifference(control, treatment);
  const statistic = differenceDeviate(control, treatment, value, 0);
  const critical = normalTail.critical(outside(level, alternative));
  const [lower, upper] = bounds(control, treatment, value, critical);
  // An interval of next to no width would say nothing of a standard error.
  const [below, above] = critical >= 1 ? [lower, upper] : bounds(control, treatment, value, 1);
  return {
    status: "ok",
    method: "scas",
    value,
    standardError: (above - below) / (2 * Math.max(1, critical)),
    interval: interval(lower, upper, alternative),
    level,
    pValue: pValueOf(statistic, alternative, normalTail),
    statistic,
  };
}
