import type { Estimate } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { ExperimentError, insufficient_data } from "../../errors/index.js";
import { mergeMoments } from "../moments/merge-moments.js";
import { type PostStratifyOptions, postStratify } from "../stratified/post-stratify.js";
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
  const [first] = strata;
  if (!first) throw new ExperimentError({ insufficient_data }, ["strata"], 0);
  const k = first.control.names.length - 1;
  let pooled = first.control.comoment.map(() => 0);
  for (const { control, treatment } of strata) {
    checkCovariateArms(control, treatment, "within");
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
