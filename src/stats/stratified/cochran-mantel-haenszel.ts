import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { square } from "../../core/powers.js";
import { chiSquareSurvival } from "../../distributions/index.js";
import { requireArray, requireObject } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { normalTail } from "../inference/tail.js";
import { checkProportion, type Proportion } from "../proportions/proportion.js";
import { logRatioEstimate } from "../proportions/risk-ratio.js";

/** One stratum of a comparison of proportions. */
export interface ProportionStratum {
  readonly control: Proportion;
  readonly treatment: Proportion;
}

/** Two proportions compared within strata. */
export interface MantelHaenszel {
  /** χ² of no association within strata, on 1 df, without continuity correction; undefined when no stratum can tell. */
  readonly test: { readonly statistic: number; readonly df: 1; readonly pValue: number } | undefined;
  /** Common difference in rates (treatment − control) and common odds ratio. */
  readonly riskDifference: Estimate;
  readonly oddsRatio: Estimate;
  /** Difference with the strata thrown together, and whether its sign is the opposite one (Simpson). */
  readonly crudeRiskDifference: number;
  readonly reversal: boolean;
}

/**
 * Cochran–Mantel–Haenszel: two proportions compared within strata and combined.
 * @param strata   both arms' counts in every stratum, n ≥ 1
 * @param options  level, default 0.95; alternative, default two-sided
 * @returns test, common risk difference (Sato's variance) and odds ratio (Robins, Breslow & Greenland's), the crude
 *          difference and whether it points the other way; parts the data cannot give are stated as such
 * @throws ExperimentError `insufficient_data` at ["strata"]; `negative_count`, `insufficient_data` or `out_of_range` at
 *         ["strata", i, arm, field]; `out_of_range` at ["options", "level"]
 * @source Mantel & Haenszel (1959), JNCI 22; Sato (1989), Biometrics 45; Robins, Breslow & Greenland (1986), Biometrics 42
 * @checked test/reference/strata.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * const found = cochranMantelHaenszel([
 *   { control: { x: 50, n: 500 }, treatment: { x: 60, n: 480 } },
 *   { control: { x: 90, n: 300 }, treatment: { x: 110, n: 310 } },
 * ]);
 * found.riskDifference.value; // 0.03645
 * found.test?.pValue; // 0.05738
 */
export function cochranMantelHaenszel(
  strata: readonly ProportionStratum[],
  options: EstimateOptions = {},
): MantelHaenszel {
  checkOptions(options, estimateFields);
  requireArray(strata, ["strata"]);
  requireUnits(strata.length, ["strata"], 1);
  strata.forEach((stratum, i) => {
    requireObject(stratum, ["strata", i]);
  });
  let [gap, gapVariance, weight, weighted, rdP, rdQ] = [0, 0, 0, 0, 0, 0];
  let [r, s, pr, pqs, qs] = [0, 0, 0, 0, 0];
  const all = { control: { x: 0, n: 0 }, treatment: { x: 0, n: 0 } };
  strata.forEach(({ control, treatment }, i) => {
    checkProportion(control, ["strata", i, "control"]);
    checkProportion(treatment, ["strata", i, "treatment"]);
    for (const [sum, part] of [[all.control, control] as const, [all.treatment, treatment] as const]) {
      sum.x += part.x;
      sum.n += part.n;
    }
    const [a, c, n1, n0] = [treatment.x, control.x, treatment.n, control.n];
    const n = n1 + n0;
    const x = a + c;
    gap += a - (n1 * x) / n;
    gapVariance += ((n1 / n) * (n0 / n) * x * (n - x)) / (n - 1);
    weight += (n1 * n0) / n;
    weighted += (a * n0 - c * n1) / n;
    rdP += c * square(n1 / n) - a * square(n0 / n) + ((n1 / n) * (n0 / n) * (n0 - n1)) / 2;
    rdQ += ((a * (n0 - c)) / n + (c * (n1 - a)) / n) / 2;
    const [rk, sk] = [(a * (n0 - c)) / n, ((n1 - a) * c) / n];
    const [pk, qk] = [(a + n0 - c) / n, (n1 - a + c) / n];
    r += rk;
    s += sk;
    pr += pk * rk;
    pqs += pk * sk + qk * rk;
    qs += qk * sk;
  });
  const difference = weighted / weight;
  const crude = all.treatment.x / all.treatment.n - all.control.x / all.control.n;
  const variance = (difference * rdP + rdQ) / weight / weight;
  const level = readLevel(options);
  const statistic = (gap * gap) / gapVariance;
  return {
    test: gapVariance > 0 ? { statistic, df: 1, pValue: chiSquareSurvival(statistic, 1) } : undefined,
    riskDifference: symmetricEstimate(
      "mantel-haenszel",
      difference,
      variance > 0 ? Math.sqrt(variance) : 0,
      normalTail,
      options,
    ),
    oddsRatio:
      r > 0 && s > 0
        ? logRatioEstimate(
            "mantel-haenszel",
            r / s,
            Math.sqrt(pr / (2 * r * r) + pqs / (2 * r * s) + qs / (2 * s * s)),
            options,
          )
        : {
            status: "undefined",
            method: "mantel-haenszel",
            reason:
              "no stratum has successes and failures on both sides, so the odds ratio is 0 or unbounded",
            level,
          },
    crudeRiskDifference: crude,
    reversal: crude * difference < 0,
  };
}
