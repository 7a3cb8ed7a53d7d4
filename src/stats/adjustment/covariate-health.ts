import type { Moments } from "../../core/moments.js";
import { chiSquareSurvival } from "../../distributions/index.js";
import { packedIndex } from "../../linear/index.js";
import { slopesOf } from "./slopes.js";

/** Whether an adjustment can be trusted, and what it was worth. */
export interface CovariateHealth {
  /** Multiple correlation of outcome and covariates within arms, [0, 1]. */
  readonly correlation: number;
  /** Share of the difference's variance that the adjustment removed; negative when it added some. */
  readonly varianceReduction: number;
  /** Standardised difference of each covariate between the arms, and the joint p-value of "no difference". */
  readonly balance: { readonly covariates: readonly CovariateBalance[]; readonly pValue: number };
  /** Largest share of units of either arm whose covariate was missing, of covariates with an indicator; 0 … 1. */
  readonly shareMissing: number;
  /** Covariates left out, as they are constant or follow from others. */
  readonly dropped: readonly string[];
  /** `unbalanced` (joint p < 0.001), `weak` (correlation below 0.1), `missing` (more than half missing). */
  readonly warnings: readonly string[];
}

/** One covariate's difference between the arms. */
export interface CovariateBalance {
  readonly name: string;
  /** treatment − control mean in units of the covariate's standard deviation within arms. */
  readonly standardizedDifference: number;
}

const within = (control: Moments, treatment: Moments, i: number, j: number) =>
  (control.comoment[packedIndex(i, j)] as number) + (treatment.comoment[packedIndex(i, j)] as number);

/** Health of an adjustment of the first value for the others. */
export function covariateHealth(
  control: Moments,
  treatment: Moments,
  varianceReduction: number,
  dropped: readonly string[],
): CovariateHealth {
  const k = control.names.length - 1;
  const df = control.n + treatment.n - 2;
  const pooled = control.comoment.map((value, i) => value + (treatment.comoment[i] as number));
  const { slopes } = slopesOf(pooled, k);
  const explained = slopes.reduce((sum, theta, i) => sum + theta * within(control, treatment, i + 1, 0), 0);
  const total = within(control, treatment, 0, 0);
  const correlation = total > 0 ? Math.sqrt(Math.min(1, Math.max(0, explained / total))) : 0;
  const covariates = control.names.slice(1).map((name, i) => {
    const deviation = Math.sqrt(within(control, treatment, i + 1, i + 1) / df);
    const gap = (treatment.mean[i + 1] as number) - (control.mean[i + 1] as number);
    return { name, standardizedDifference: deviation > 0 ? gap / deviation : 0 };
  });
  // Mahalanobis distance of the covariate means: slopes of the mean differences on the covariates.
  const gaps = control.names
    .slice(1)
    .map((_, i) => (treatment.mean[i + 1] as number) - (control.mean[i + 1] as number));
  const replaced = pooled.slice();
  for (let i = 1; i <= k; i++) replaced[packedIndex(i, 0)] = gaps[i - 1] as number;
  const distance = slopesOf(replaced, k);
  const statistic =
    (df * distance.slopes.reduce((sum, weight, i) => sum + weight * (gaps[i] as number), 0)) /
    (1 / control.n + 1 / treatment.n);
  const informative = k - distance.dropped.length;
  const pValue = informative > 0 ? chiSquareSurvival(Math.max(0, statistic), informative) : 1;
  const shareMissing = Math.max(
    0,
    ...control.names.flatMap((name, i) =>
      i > 0 && name.endsWith("_missing") ? [control.mean[i] as number, treatment.mean[i] as number] : [],
    ),
  );
  const warnings: string[] = [];
  if (pValue < 0.001) warnings.push("unbalanced");
  if (correlation < 0.1) warnings.push("weak");
  if (shareMissing > 0.5) warnings.push("missing");
  return { correlation, varianceReduction, balance: { covariates, pValue }, shareMissing, dropped, warnings };
}
