import { requireArray } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { type ArmPosterior, lawOf } from "./arms/index.js";
import { requireOneModel } from "./arms/require-one-model.js";
import { type RankArmsOptions, rankArmsFields } from "./bayes-options.js";
import { type Rank, rankLaws } from "./quadrature/rank-laws.js";

/**
 * How likely each of several arms is the best one, and what is lost on average by choosing it, by quadrature.
 * @param arms     what is believed about each, under one model: of `betaPosterior`, `gammaPosterior`, `meanPosterior` or
 *                 `hurdlePosterior`; at least one
 * @param options  better: `"higher"` (default) or `"lower"`
 * @returns for each arm, in their order: `best`, probabilities that sum to 1; `loss`, the expectation of the best value minus
 *          its own, in the metric's unit. Relative error below 1e-8 (of a hurdle: absolute, of the amounts' deviation)
 * @throws ExperimentError within ["arms", i]: `missing_value`, `wrong_type`, `out_of_range`, `unknown_name` for another model
 *         than the first arm's; `insufficient_data` at ["arms"] without any; at ["options", …]
 * @source Stucchio (2015), Bayesian A/B testing at VWO, for the expected loss
 * @checked test/reference/bayes.json — SciPy 1.17.1
 * @example
 * const [a, b] = rankArms([betaPosterior({ x: 1, n: 1 }), betaPosterior({ x: 0, n: 1 })]);
 * [a?.best, b?.loss]; // [0.8333, 0.3667]
 */
export function rankArms(arms: readonly ArmPosterior[], options: RankArmsOptions = {}): readonly Rank[] {
  checkOptions(options, rankArmsFields);
  requireArray(arms, ["arms"]);
  requireUnits(arms.length, ["arms"], 1);
  const laws = arms.map((arm, i) => {
    const law = lawOf(arm, ["arms", i]);
    requireOneModel(arms[0] ?? arm, arm, ["arms", i]);
    return law;
  });
  return rankLaws(laws, options.better ?? "higher");
}
