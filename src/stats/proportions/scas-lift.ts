import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf } from "../inference/tail.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { checkProportions, type Proportion, rateDifference } from "./proportion.js";
import { differenceDeviate, ratioDeviate } from "./skew-score.js";

/** Ratios beyond e±SPAN are as good as 0 and ∞: rates lie in 1/n … 1, and n below 2⁵³. */
const SPAN = 80;

/** Lifts whose deviate is ±critical; −1 and ∞ where the scale ends first. */
function bounds(
  control: Proportion,
  treatment: Proportion,
  critical: number,
): [lower: number, upper: number] {
  const center = Math.log(
    ((treatment.x + 0.5) / (treatment.n + 0.5)) * ((control.n + 0.5) / (control.x + 0.5)),
  );
  const part = ({ x, n }: Proportion) => 1 / (x + 0.5) - 1 / (n + 1);
  const error = Math.sqrt(part(control) + part(treatment));
  const near = error * Math.max(0.1, Math.abs(critical) / 4);
  const bound = (limit: number, guess: number) => {
    const f = (log: number) => ratioDeviate(control, treatment, Math.exp(log)) - limit;
    let [from, to] = [guess - near, guess + near];
    for (let step = near; f(from) < 0 && from > -SPAN; step *= 2) [from, to] = [from - step, from];
    for (let step = near; f(to) > 0 && to < SPAN; step *= 2) [from, to] = [to, to + step];
    // With few successes the deviate never reaches the critical value: then nothing bounds the ratio on that side.
    if (from <= -SPAN) return Number.NEGATIVE_INFINITY;
    return to >= SPAN ? Number.POSITIVE_INFINITY : bracketedRoot(f, from, to, 1e-13);
  };
  return [
    treatment.x === 0 ? -1 : Math.expm1(bound(critical, center - critical * error)),
    control.x === 0 ? Number.POSITIVE_INFINITY : Math.expm1(bound(-critical, center + critical * error)),
  ];
}

/**
 * Lift between two proportions by the skewness-corrected score test (SCAS): the lifts that the test does not reject.
 * Its p-value is that of {@link scasDifference}: no lift and no difference are one hypothesis.
 * @param control    successes x among n units
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative of the lift against 0, default two-sided
 * @returns Estimate: value = treatment rate ÷ control rate − 1, a fraction; standardError is half the interval's width over
 *          its critical value. `unbounded` where the control has no success, or too few for an upper bound at
 *          this level
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at the field's path;
 *         `out_of_range` at ["options", "level"]
 * @source Laud (2017), Pharmaceutical Statistics 16; Gart & Nam (1988), Biometrics 44
 * @checked test/reference/proportions.json — R 4.2.2, ratesci 0.4
 * @example
 * scasLift({ x: 3, n: 40 }, { x: 9, n: 42 }).value; // 1.857
 */
export function scasLift(
  control: Proportion,
  treatment: Proportion,
  options: EstimateOptions = {},
): Estimate {
  checkOptions(options, estimateFields);
  checkProportions(control, treatment);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const method = "scas";
  const difference = rateDifference(control, treatment);
  const statistic = differenceDeviate(control, treatment, difference, 0);
  const pValue = pValueOf(statistic, alternative, normalTail);
  const critical = normalTail.critical(outside(level, alternative));
  const [lower, upper] = bounds(control, treatment, critical);
  if (upper === Number.POSITIVE_INFINITY)
    return {
      status: "unbounded",
      method,
      reason: "too few successes in the control for an upper bound of the lift",
      level,
      pValue,
    };
  // An interval of next to no width would say nothing of a standard error.
  const [below, above] = critical >= 1 ? [lower, upper] : bounds(control, treatment, 1);
  return {
    status: "ok",
    method,
    value: (difference * control.n) / control.x,
    standardError: (above - below) / (2 * Math.max(1, critical)),
    interval: alternative === "less" ? [-1, upper] : interval(lower, upper, alternative),
    level,
    pValue,
    statistic,
  };
}
