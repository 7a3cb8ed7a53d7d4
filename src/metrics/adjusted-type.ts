import type { Estimate } from "../core/estimate.js";
import type { Moments } from "../core/moments.js";
import { copyEstimate } from "../stats/inference/index.js";
import { firstValues, weightedSum } from "../stats/moments/index.js";
import { adjustedMeans } from "./types/adjusted-means.js";
import { estimateBy } from "./types/estimate-by.js";
import type { Means, MeansStratum, MetricReading, MetricStratum, MetricType } from "./types/index.js";

const adjusted = (estimate: Estimate): Estimate =>
  estimate.status === "adaptive" ? estimate : { ...estimate, method: `cuped-${estimate.method}` };

/** Says of an estimate that too little was there to adjust it. */
function plain(estimate: Estimate): Estimate {
  if (estimate.status !== "ok") return estimate;
  const told = copyEstimate(estimate);
  told.flags = [...(estimate.flags ?? []), "unadjusted"];
  return told;
}

/** Means of several groups of units together. */
function meansOf({ control, treatment }: MeansStratum): readonly number[] {
  const share = treatment.n / (control.n + treatment.n);
  return control.mean.map((mean, i) => mean + share * ((treatment.mean[i] ?? 0) - mean));
}

/**
 * A type whose comparisons are adjusted for covariates: every value of a unit less what its covariates explain of it, so
 * that whatever is made of moments (lifts, cells, levels, looks) is made of adjusted ones. Cells and strata that have too
 * little are compared as they are, flagged `unadjusted`.
 * @param type    the metric's own
 * @param count   how many values are the metric's own; the others of its moments are covariates
 * @param slopes  of each of the metric's own values on each covariate; absent where nothing is adjusted, but covariates are
 *   among the moments
 * @returns a type that takes moments with covariates
 * @source Deng, Xu, Kohavi & Walker (2013), WSDM; Deng, Knoblich & Lu (2018), KDD, for ratios
 */
export function adjustedType(
  type: MetricType,
  count: number,
  slopes?: readonly (readonly number[])[],
): MetricType {
  const own = (moments: Moments) => firstValues(moments, count);
  const ownMeans = ({ n, mean }: Means): Means => ({ n, mean: mean.slice(0, count) });
  const ownOf = <S extends MetricStratum>(stratum: S): S => ({
    ...stratum,
    control: own(stratum.control),
    treatment: own(stratum.treatment),
  });
  /** The slopes of the metric's value on the covariates, linearised where all of a stratum's units are. */
  const slopesAt = (means: readonly number[]): readonly number[] => {
    const weights = type.weights(means.slice(0, count)) ?? [];
    return (slopes?.[0] ?? []).map((_, at) =>
      weights.reduce((sum, weight, i) => sum + weight * (slopes?.[i]?.[at] ?? 0), 0),
    );
  };
  const shift = (theta: readonly number[], means: readonly number[], centre: readonly number[]) =>
    theta.reduce((sum, each, i) => sum + each * ((means[count + i] ?? 0) - (centre[count + i] ?? 0)), 0);
  const able = ({ control, treatment }: MeansStratum): boolean =>
    slopes !== undefined && [control, treatment].every((arm) => type.unadjustable(arm) === undefined);
  const adjust = <S extends MetricStratum>(stratum: S): S => {
    const centre = meansOf(stratum);
    const theta = slopesAt(centre);
    const arm = (moments: Moments): Moments => {
      const { n, mean } = moments;
      const weights = [...(type.weights(mean.slice(0, count)) ?? []), ...theta.map((each) => -each)];
      const value = type.value(ownMeans(moments)) ?? 0;
      return {
        ...weightedSum(moments, weights, "value"),
        mean: [value - shift(theta, mean, centre)],
        nonzero: [n],
      };
    };
    return { ...stratum, control: arm(stratum.control), treatment: arm(stratum.treatment) };
  };
  const reads = (strata: readonly MetricStratum[]): MetricReading => {
    const raw = type.reads(strata.map(ownOf));
    if (!slopes) return raw;
    if (!strata.every(able))
      return {
        at(options) {
          const { difference, lift } = raw.at(options);
          return { difference: plain(difference), lift: plain(lift) };
        },
        named: (options) => raw.named(options),
      };
    const reading = adjustedMeans.reads(strata.map(adjust));
    return {
      at(options) {
        const { difference, lift } = reading.at(options);
        return { difference: adjusted(difference), lift: adjusted(lift) };
      },
      named: (options) => ({ unadjusted: raw.at(options).difference }),
    };
  };
  const readsApart: MetricType["readsApart"] = (cell, rest) => {
    if (![...cell, ...rest].every(able)) return type.readsApart(cell.map(ownOf), rest.map(ownOf));
    const read = adjustedMeans.readsApart(cell.map(adjust), rest.map(adjust));
    return (options) => adjusted(read(options));
  };
  return {
    ...type,
    check: (moments, path) => type.check(own(moments), path),
    value: (arm) => type.value(ownMeans(arm)),
    sides(stratum) {
      const { control, treatment } = stratum;
      const sides = [control, treatment].map((arm) => type.value(ownMeans(arm)));
      const [a, b] = sides;
      if (a === undefined || b === undefined || !able(stratum)) return [a, b];
      const centre = meansOf(stratum);
      const theta = slopesAt(centre);
      return [a - shift(theta, control.mean, centre), b - shift(theta, treatment.mean, centre)];
    },
    linear: (moments) => type.linear(own(moments)),
    thin: (arms) => type.thin(arms.map(own)),
    sparse: (arm) => type.sparse(own(arm)),
    unadjustable: (arm) => type.unadjustable(arm),
    estimate: estimateBy(reads),
    reads,
    apart: (cell, rest, options = {}) => readsApart(cell, rest)(options),
    readsApart,
    stratified(strata, options = {}) {
      return strata.length > 0 && strata.every(able)
        ? adjusted(adjustedMeans.stratified(strata.map(adjust), options))
        : type.stratified(strata.map(ownOf), options);
    },
    levels(parts, scale, random) {
      return parts.length > 0 && parts.every(able)
        ? adjustedMeans.levels(parts.map(adjust), scale, random)
        : type.levels(parts.map(ownOf), scale, random);
    },
  };
}
