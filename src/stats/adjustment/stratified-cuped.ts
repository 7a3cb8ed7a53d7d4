import type { Estimate } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { ExperimentError, mismatched_names, requireArray, requireObject } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { mergeMoments } from "../moments/merge-moments.js";
import { type PostStratifyOptions, postStratify, postStratifyFields } from "../stratified/post-stratify.js";
import { checkCovariateArms } from "./adjusted-arms.js";
import { residualSquares, slopesOf } from "./slopes.js";

/** One stratum with covariates: the outcome first, then the covariates, in both arms. */
export interface CovariateStratum {
  readonly control: Moments;
  readonly treatment: Moments;
}

/**
 * Post-stratification and CUPED at once: one slope within all arms and strata, then the adjusted differences weighted
 * by the strata's shares.
 * @param strata   both arms' moments, outcome first, in every stratum; n ≥ covariates + 2 in each
 * @param options  variance, level (default 0.95), alternative (default two-sided)
 * @returns Estimate as `postStratify`, method `"cuped-post-stratified"`
 * @throws ExperimentError as `postStratify` and `cuped`
 * @source Miratrix, Sekhon & Yu (2013), JRSS B 75; Deng, Xu, Kohavi & Walker (2013), WSDM
 * @example
 * const names = ["spend", "before"];
 * const arm = (n: number, mean: number) => ({ n, names, mean: [mean, 10], comoment: [4 * n, 3 * n, 4 * n] });
 * const strata = [
 *   { control: arm(500, 10), treatment: arm(480, 10.2) },
 *   { control: arm(90, 14), treatment: arm(110, 14.4) },
 * ];
 * stratifiedCuped(strata).value; // 0.2339
 */
export function stratifiedCuped(
  strata: readonly CovariateStratum[],
  options: PostStratifyOptions = {},
): Estimate {
  checkOptions(options, postStratifyFields);
  requireArray(strata, ["strata"]);
  requireUnits(strata.length, ["strata"], 1);
  strata.forEach((stratum, i) => {
    requireObject(stratum, ["strata", i]);
    checkCovariateArms(stratum.control, stratum.treatment, ["strata", i]);
  });
  const { names, comoment } = (strata[0] as CovariateStratum).control;
  const k = names.length - 1;
  let pooled = comoment.map(() => 0);
  for (const [i, { control, treatment }] of strata.entries()) {
    if (control.names.join("\n") !== names.join("\n"))
      throw new ExperimentError(
        { mismatched_names },
        ["strata", i, "control", "names"],
        control.names.join(", "),
        { known: names },
      );
    for (const { comoment } of [control, treatment])
      pooled = pooled.map((value, i) => value + (comoment[i] as number));
  }
  const { slopes } = slopesOf(pooled, k);
  const adjusted = strata.map(({ control, treatment }) => {
    const all = mergeMoments(control, treatment);
    const arm = (moments: Moments) => ({
      n: moments.n,
      mean: slopes.reduce(
        (mean, theta, i) => mean - theta * ((moments.mean[i + 1] as number) - (all.mean[i + 1] as number)),
        moments.mean[0] as number,
      ),
      m2: residualSquares(moments, slopes),
    });
    return { control: arm(control), treatment: arm(treatment) };
  });
  return { ...postStratify(adjusted, options), method: "cuped-post-stratified" };
}
