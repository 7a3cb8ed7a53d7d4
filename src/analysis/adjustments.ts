import type { MetricDefinition } from "../core/metric-definition.js";
import type { Moments } from "../core/moments.js";
import { adjustedType, clusteredType, type MetricType, metricTypeOf } from "../metrics/index.js";
import { covariateFit } from "../stats/adjustment/index.js";
import { mergeAll } from "../stats/index.js";
import type { Group } from "./cube.js";

/** What a metric's covariates were worth, or why they were not used. */
export type Adjustment = {
  readonly metric: string;
  /** Units with an outcome, of all variants. */
  readonly units: number;
  /** Largest share of units, of a covariate from a column, that have none; absent where all covariates are from events. */
  readonly missing?: number;
  /** p-value of the covariates being alike in all variants; below 0.001 they are not used. */
  readonly balance?: number;
} & (
  | {
      readonly status: "adjusted";
      /** Share of the metric's variance that the covariates explain within variants, fraction in [0, 1). */
      readonly explained: number;
      /** How many more units, of all variants together, would have made unadjusted results as precise. */
      readonly worth: number;
    }
  | { readonly status: "declined"; readonly reason: string }
);

/** How a metric is read in one analysis. */
export interface AdjustedMetric {
  readonly type: MetricType;
  /** Absent where the metric declares no covariates. */
  readonly adjustment?: Adjustment;
}

/** Below this p-value of their being alike in all variants, covariates are taken to have been moved. */
const movedBelow = 0.001;
/** Of fewer units per covariate, slopes are known too badly: what they follow of chance would narrow intervals. */
const unitsEach = 50;

const adaptiveReason = "results of data collected adaptively are not adjusted";
const absentReason = "the cells hold no covariates";
const constantReason = "the covariates are the same for all units";
const fewUnitsReason = "fewer than 50 units for each covariate";
const movedReason =
  "the covariates differ between the variants by more than chance allows, so the variant may have moved them";

/** Every version's arms that have units, with a metric's moments. */
const strataOf = ({ arms }: Group, metricAt: number): readonly (readonly Moments[])[] =>
  [...arms.values()].map((variants) =>
    [...variants.values()].flatMap(({ moments }) => {
      const own = moments[metricAt];
      return own && own.n > 0 ? [own] : [];
    }),
  );

function missingShare(arms: readonly Moments[], own: number): number | undefined {
  const shares = arms.flatMap(({ names, mean }) =>
    names.flatMap((name, i) => (i >= own && name.startsWith("missing.") ? [mean[i] ?? 0] : [])),
  );
  return shares.length > 0 ? Math.max(...shares) : undefined;
}

/**
 * Settles for a metric with covariates whether its results are adjusted for them, by slopes that all units share.
 * @param whole     the whole experiment, as it was randomised
 * @param adaptive  whether a policy set the shares as it learned
 * @param clustered  whether units were gathered by cluster
 */
export function adjustMetric(
  metric: MetricDefinition,
  metricAt: number,
  whole: Group,
  adaptive: boolean,
  clustered = false,
): AdjustedMetric {
  const type = clustered ? clusteredType(metricTypeOf(metric)) : metricTypeOf(metric);
  if (!metric.covariates) return { type };
  const own = type.values(metric).length;
  const strata = strataOf(whole, metricAt);
  const arms = strata.flat();
  const units = arms.reduce((sum, { n }) => sum + n, 0);
  const plain = adjustedType(type, own);
  const named = { metric: metric.key, units };
  const declined = (reason: string, told = {}): AdjustedMetric => ({
    type: plain,
    adjustment: { ...named, ...told, status: "declined", reason },
  });
  if (arms.every(({ names }) => names.length === own)) return declined(absentReason);
  if (adaptive) return declined(adaptiveReason);
  const fit = covariateFit(strata, own);
  const missing = missingShare(arms, own);
  const known = { ...(missing === undefined ? {} : { missing }), balance: fit.balance };
  if (fit.informative === 0) return declined(constantReason, known);
  if (units < unitsEach * fit.informative) return declined(fewUnitsReason, known);
  if (fit.balance < movedBelow) return declined(movedReason, known);
  const unable = arms.map((arm) => type.unadjustable(arm)).find((reason) => reason !== undefined);
  if (unable !== undefined) return declined(unable, known);
  const weights = type.weights(mergeAll(arms).mean.slice(0, own)) ?? [];
  const explained = fit.explained(weights);
  const worth = Math.round((units * explained) / (1 - explained));
  return {
    type: adjustedType(type, own, fit.slopes),
    adjustment: { ...named, ...known, status: "adjusted", explained, worth },
  };
}
