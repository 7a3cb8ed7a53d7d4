import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { ScalarMoments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import {
  dunnettSurvival,
  dunnettSurvivalQuantile,
  fSurvival,
  studentizedRangeSurvival,
  studentizedRangeSurvivalQuantile,
} from "../../distributions/index.js";
import { requireArray, requireNumber } from "../../errors/index.js";
import { checkArm, requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields, levelFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { degenerate } from "../inference/symmetric-estimate.js";
import { interval } from "../inference/tail.js";

/** One pair of groups: treatment − control, adjusted for all pairs compared. */
export interface GroupComparison {
  readonly control: number;
  readonly treatment: number;
  readonly estimate: Estimate;
}

/** Common variance of the groups and its degrees of freedom. */
function commonVariance(groups: readonly ScalarMoments[]): { variance: number; df: number } {
  requireArray(groups, ["groups"]);
  requireUnits(groups.length, ["groups"], 2);
  groups.forEach((group, i) => {
    checkArm(group, ["groups", i]);
  });
  const df = groups.reduce((sum, { n }) => sum + n, 0) - groups.length;
  return { variance: groups.reduce((sum, { m2 }) => sum + m2, 0) / df, df };
}

/**
 * Dunnett's comparisons of every group with one control, simultaneous for all of them, one variance.
 * @param groups   moments of one value per unit; at least two, n ≥ 2 in each
 * @param control  position of the control, default 0
 * @param options  level (simultaneous), default 0.95; alternative, default two-sided
 * @returns one comparison a treatment, in the groups' order: pValue and interval hold for all at once; `degenerate` when
 *          no group varies
 * @throws ExperimentError `insufficient_data` at ["groups"] or ["groups", i, "n"]; `out_of_range` at ["control"] or
 *         ["options", "level"]; what `checkScalarMoments` throws
 * @source Dunnett (1955), JASA 50
 * @checked test/reference/groups.json — R 4.2.2 multcomp 1.4-22
 * @example
 * const group = (mean: number) => ({ n: 50, mean, m2: 200 });
 * const found = dunnettComparisons([group(10), group(10.5), group(11)]);
 * found.map(({ treatment, estimate }) => [treatment, estimate.pValue]); // [[1, 0.3601], [2, 0.02721]]
 */
export function dunnettComparisons(
  groups: readonly ScalarMoments[],
  control = 0,
  options: EstimateOptions = {},
): GroupComparison[] {
  checkOptions(options, estimateFields);
  const { variance, df } = commonVariance(groups);
  requireNumber(control, ["control"], { atLeast: 0, below: groups.length, whole: true });
  const base = groups[control] as ScalarMoments;
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const others = groups.map((_, i) => i).filter((i) => i !== control);
  const design = {
    comparisons: others.length,
    ratio: others.map((i) => (groups[i] as ScalarMoments).n / base.n),
    df,
    alternative: alternative === "two-sided" ? "two-sided" : "greater",
  } as const;
  const critical = variance > 0 ? dunnettSurvivalQuantile(1 - level, design) : 0;
  return others.map((treatment) => {
    const { n, mean } = groups[treatment] as ScalarMoments;
    const value = mean - base.mean;
    const method = "dunnett";
    if (variance === 0) return { control, treatment, estimate: degenerate(method, value, level) };
    const standardError = Math.sqrt(variance * (1 / n + 1 / base.n));
    const statistic = value / standardError;
    const extreme = { "two-sided": Math.abs(statistic), greater: statistic, less: -statistic }[alternative];
    const reach = critical * standardError;
    const estimate: Estimate = {
      status: "ok",
      method,
      value,
      standardError,
      interval: interval(value - reach, value + reach, alternative),
      level,
      pValue: dunnettSurvival(extreme, design),
      statistic,
      df,
    };
    return { control, treatment, estimate };
  });
}

/**
 * Tukey's comparisons of all pairs of groups, simultaneous, one variance (Tukey–Kramer for unequal sizes).
 * @param groups   moments of one value per unit; at least two, n ≥ 2 in each
 * @param options  level (simultaneous), default 0.95
 * @returns every pair once (control before treatment in the groups' order): pValue and interval hold for all at once;
 *          `degenerate` when no group varies
 * @throws ExperimentError `insufficient_data` at ["groups"] or ["groups", i, "n"]; `out_of_range` at
 *         ["options", "level"]; what `checkScalarMoments` throws
 * @source Tukey (1953); Kramer (1956), Biometrics 12
 * @checked test/reference/groups.json — SciPy studentized_range, R 4.2.2 ptukey
 * @example
 * const group = (mean: number) => ({ n: 50, mean, m2: 200 });
 * const found = tukeyComparisons([group(10), group(10.5), group(11)]);
 * found.map(({ control, treatment, estimate }) => [control, treatment, estimate.pValue]);
 * // [[0, 1, 0.4331], [0, 2, 0.03823], [1, 2, 0.4331]]
 */
export function tukeyComparisons(
  groups: readonly ScalarMoments[],
  options: Pick<EstimateOptions, "level"> = {},
): GroupComparison[] {
  checkOptions(options, levelFields);
  const { variance, df } = commonVariance(groups);
  const level = readLevel(options);
  const k = groups.length;
  const critical = variance > 0 ? studentizedRangeSurvivalQuantile(1 - level, k, df) / Math.SQRT2 : 0;
  return groups.flatMap((base, control) =>
    groups.slice(control + 1).map(({ n, mean }, offset) => {
      const treatment = control + 1 + offset;
      const value = mean - base.mean;
      if (variance === 0) return { control, treatment, estimate: degenerate("tukey", value, level) };
      const standardError = Math.sqrt(variance * (1 / n + 1 / base.n));
      const statistic = value / standardError;
      const reach = critical * standardError;
      const estimate: Estimate = {
        status: "ok",
        method: "tukey",
        value,
        standardError,
        interval: [value - reach, value + reach],
        level,
        pValue: studentizedRangeSurvival(Math.abs(statistic) * Math.SQRT2, k, df),
        statistic,
        df,
      };
      return { control, treatment, estimate };
    }),
  );
}

/**
 * Welch's test that several means are equal, variances free to differ.
 * @param groups  moments of one value per unit; at least two, n ≥ 2 in each
 * @returns F statistic, its two degrees of freedom and pValue; undefined when a group does not vary (or next to nothing
 *          beside the gaps between the means)
 * @throws ExperimentError `insufficient_data` at ["groups"] or ["groups", i, "n"]; what `checkScalarMoments` throws
 * @source Welch (1951), Biometrika 38
 * @example
 * welchAnova([
 *   { n: 50, mean: 10, m2: 200 },
 *   { n: 40, mean: 10.5, m2: 300 },
 *   { n: 60, mean: 11, m2: 150 },
 * ])?.pValue; // 0.02093
 */
export function welchAnova(
  groups: readonly ScalarMoments[],
): { statistic: number; df: readonly [number, number]; pValue: number } | undefined {
  commonVariance(groups);
  if (groups.some(({ m2 }) => m2 === 0)) return undefined;
  const k = groups.length;
  const variances = groups.map(({ n, m2 }) => m2 / (n - 1) / n);
  const least = Math.min(...variances);
  const weights = variances.map((variance) => least / variance);
  const total = weights.reduce((a, b) => a + b);
  const mean = groups.reduce((sum, group, i) => sum + (group.mean * (weights[i] as number)) / total, 0);
  const spread = groups.reduce(
    (sum, group, i) => sum + ((weights[i] as number) * square(group.mean - mean)) / least,
    0,
  );
  const lambda = groups.reduce(
    (sum, { n }, i) => sum + square(1 - (weights[i] as number) / total) / (n - 1),
    0,
  );
  const statistic = spread / (k - 1) / (1 + (2 * (k - 2) * lambda) / (k * k - 1));
  if (!Number.isFinite(statistic)) return undefined;
  const df = [k - 1, (k * k - 1) / (3 * lambda)] as const;
  return { statistic, df, pValue: fSurvival(statistic, df[0], df[1]) };
}
