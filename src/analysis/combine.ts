import type { Estimate } from "../core/estimate.js";
import { postStratify, type Stratum } from "../stats/index.js";
import { studentTail } from "../stats/inference/index.js";
import { fieller } from "../stats/lift/index.js";

/**
 * Compares two variants version by version and averages the versions by their share of the units, so that a change
 * of the variants' shares from one version to the next cannot pass for an effect.
 * @param strata at least two, both arms with two units
 * @returns difference and lift of the share-weighted means, shares taken as given; one test for both
 */
export function combineVersions(
  strata: readonly Stratum[],
  level: number,
): { readonly difference: Estimate; readonly lift: Estimate } {
  const method = "by-version";
  const difference = { ...postStratify(strata, { level, variance: "conditional" }), method };
  if (difference.status !== "ok") return { difference, lift: difference };
  const total = strata.reduce((sum, { control, treatment }) => sum + control.n + treatment.n, 0);
  const sums = { control: 0, treatment: 0, controlVariance: 0, treatmentVariance: 0 };
  for (const { control, treatment } of strata) {
    const weight = (control.n + treatment.n) / total;
    sums.control += weight * control.mean;
    sums.treatment += weight * treatment.mean;
    sums.controlVariance += (weight * weight * control.m2) / (control.n - 1) / control.n;
    sums.treatmentVariance += (weight * weight * treatment.m2) / (treatment.n - 1) / treatment.n;
  }
  const tail = studentTail(difference.df as number);
  return {
    difference,
    lift: { ...fieller({ ...sums, flags: [], tail: () => tail }, level, "two-sided"), method },
  };
}
