import type { Estimate } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { ExperimentError, wrong_length } from "../../errors/index.js";
import { packedIndex } from "../../linear/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { normalTail, outside } from "../inference/tail.js";
import { mergeMoments } from "../moments/merge-moments.js";
import { ratioArms } from "../ratios/ratio-arms.js";
import { checkCovariateArms } from "./adjusted-arms.js";
import { type AdjustedComparison, type CupedOptions, cupedComparison, cupedFields } from "./cuped.js";

const cupedRatioFields = {
  ...cupedFields,
  covariate: { kind: "word", of: ["values", "ratio"], optional: true },
} as const satisfies FieldsFor<CupedOptions & { readonly covariate?: "values" | "ratio" }>;

/** New values per unit as sums of old ones: a row of weights each, their means given. */
function recombined(moments: Moments, names: string[], weights: number[][], mean: number[]): Moments {
  const comoment: number[] = [];
  weights.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      let size = 0;
      row.forEach((a, p) => {
        if (a === 0) return;
        (weights[j] as number[]).forEach((b, q) => {
          const term = a * b * (moments.comoment[packedIndex(p, q)] as number);
          sum += term;
          size += Math.abs(term);
        });
      });
      // What is left below the rounding of its terms is nothing.
      comoment.push(Math.abs(sum) > 8 * Number.EPSILON * size ? sum : 0);
    }
  });
  return { n: moments.n, names, mean, comoment };
}

/**
 * CUPED for a ratio of means: outcome and, if it is one, the covariate are linearised per unit, then adjusted as means.
 * @param control    moments of [numerator, denominator, covariates …]; with `covariate: "ratio"`
 *                   [numerator, denominator, numerator before, denominator before]
 * @param treatment  the same of the other arm
 * @param options    covariate: `"values"` (default) or `"ratio"`; and those of `cuped`
 * @returns as `cuped`, on the ratio's scale; or one stated outcome when a denominator is (or may be) zero
 * @throws ExperimentError as `cuped`; `wrong_length` at ["control", "names"] for too few values
 * @source Deng, Xu, Kohavi & Walker (2013), WSDM; Deng, Knoblich & Lu (2018), KDD
 * @checked test/stats/cuped.test.ts — against linearised rows
 * @example
 * const names = ["orders", "sessions", "sessions before"];
 * const comoment = [1500, 1000, 3000, 1000, 2000, 3000];
 * const arm = (orders: number) => ({ n: 1000, names, mean: [orders, 8, 8], comoment });
 * const found = cupedRatio(arm(2), arm(2.1));
 * "adjusted" in found && found.adjusted.difference.value; // 0.0125
 */
export function cupedRatio(
  control: Moments,
  treatment: Moments,
  options: CupedOptions & { readonly covariate?: "values" | "ratio" } = {},
): AdjustedComparison | Exclude<Estimate, { status: "ok" }> {
  checkOptions(options, cupedRatioFields);
  const asRatio = options.covariate === "ratio";
  checkCovariateArms(control, treatment);
  const k = control.names.length;
  if (asRatio ? k !== 4 : k < 3)
    throw new ExperimentError({ wrong_length }, ["control", "names"], k, {
      expected: asRatio ? { length: 4 } : { atLeast: 3 },
    });
  const critical = normalTail.critical(outside(readLevel(options), readAlternative(options)));
  const arms = ratioArms(control, treatment, "cuped-ratio", readLevel(options), critical);
  if ("failure" in arms) return arms.failure as Exclude<Estimate, { status: "ok" }>;
  const all = mergeMoments(control, treatment);
  const before = (all.mean[2] as number) / (all.mean[3] ?? 1);
  const linear = (moments: Moments, ratio: number): Moments => {
    const denominator = moments.mean[1] as number;
    const outcome = [1 / denominator, -ratio / denominator, ...new Array<number>(k - 2).fill(0)];
    if (asRatio) {
      // One reference ratio for both arms: it is the arms' deviation from it that adjusts.
      const scale = all.mean[3] as number;
      const covariate = [0, 0, 1 / scale, -before / scale];
      const mean = ((moments.mean[2] as number) - before * (moments.mean[3] as number)) / scale;
      return recombined(moments, ["ratio", "ratio_before"], [outcome, covariate], [ratio, mean]);
    }
    const rows = Array.from({ length: k - 2 }, (_, i) =>
      Array.from({ length: k }, (_, j) => (j === i + 2 ? 1 : 0)),
    );
    return recombined(
      moments,
      ["ratio", ...moments.names.slice(2)],
      [outcome, ...rows],
      [ratio, ...moments.mean.slice(2)],
    );
  };
  return cupedComparison(linear(control, arms.control.mean), linear(treatment, arms.treatment.mean), options);
}
