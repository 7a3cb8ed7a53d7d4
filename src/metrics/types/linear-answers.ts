import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { meanLevelsTest } from "../../stats/heterogeneity/index.js";
import { postStratify, type Stratum } from "../../stats/index.js";
import { copyEstimate, normalTail, studentTail, symmetricEstimate } from "../../stats/inference/index.js";
import { fieller } from "../../stats/lift/index.js";
import { type AmountsReader, amountsApart, amountsComparison } from "../../stats/skewed/index.js";
import { estimateBy } from "./estimate-by.js";
import { sparse } from "./few-values.js";
import type {
  ApartReading,
  MetricEstimates,
  MetricReading,
  MetricStratum,
  MetricType,
} from "./metric-type.js";

/** Difference and lift of one test. */
type BothScales = Omit<MetricEstimates, "named">;

/** What a type whose value is, to first order, a mean of one number per unit says of itself. */
interface LinearType {
  value: MetricType["value"];
  weights: MetricType["weights"];
  /** As {@link MetricType.linear}; and how its amounts are read where they are skewed. */
  readonly amounts: AmountsReader<Moments>;
  /** Whether its value is near to normal whatever the amounts, so that their skewness says nothing. */
  readonly symmetric?: boolean;
  /** Throws for what are not moments of two arms. */
  check(control: Moments, treatment: Moments): void;
  /** Difference and lift where one stratum is all there is, and amounts are not skewed (or cannot be seen to be). */
  pair(control: Moments, treatment: Moments, options: EstimateOptions): BothScales;
  /** The test that textbooks have for one stratum, named beside another that was taken. */
  textbook(control: Moments, treatment: Moments, options: EstimateOptions): Estimate;
}

/** A difference of means averaged over strata by their share of the units, shares taken as given. */
function byShare(strata: readonly Stratum[]): { readonly value: number; readonly variance: number } {
  let units = 0;
  let value = 0;
  let variance = 0;
  for (const { control, treatment } of strata) {
    const own = control.n + treatment.n;
    const error = [control, treatment].reduce((all, { n, m2 }) => all + m2 / (n - 1) / n, 0);
    units += own;
    value += own * (treatment.mean - control.mean);
    variance += own * own * error;
  }
  return { value: value / units, variance: variance / units / units };
}

/** Difference and lift of means averaged over strata by their share of the units; one test for both. */
function combined(strata: readonly Stratum[], { level = 0.95 }: EstimateOptions): BothScales {
  const method = "by-version";
  const difference = { ...postStratify(strata, { level, variance: "conditional" }), method };
  if (difference.status !== "ok" || difference.df === undefined) return { difference, lift: difference };
  const total = strata.reduce((sum, { control, treatment }) => sum + control.n + treatment.n, 0);
  const sums = { control: 0, treatment: 0, controlVariance: 0, treatmentVariance: 0 };
  for (const { control, treatment } of strata) {
    const weight = (control.n + treatment.n) / total;
    sums.control += weight * control.mean;
    sums.treatment += weight * treatment.mean;
    sums.controlVariance += (weight * weight * control.m2) / (control.n - 1) / control.n;
    sums.treatmentVariance += (weight * weight * treatment.m2) / (treatment.n - 1) / treatment.n;
  }
  const tail = studentTail(difference.df);
  return {
    difference,
    lift: { ...fieller({ ...sums, flags: [], tail: () => tail }, level, "two-sided"), method },
  };
}

/** Whether an arm comes with what skewed amounts are seen by. */
function seen({ names, m3, mixed3, nonzero }: Moments): boolean {
  return m3 !== undefined && nonzero !== undefined && (names.length === 1 || mixed3 !== undefined);
}

/** Says of an estimate that nothing was there to see skewed amounts by. */
function unseen(estimate: Estimate): Estimate {
  if (estimate.status !== "ok") return estimate;
  const told = copyEstimate(estimate);
  told.flags = [...(estimate.flags ?? []), "no_third_moments"];
  return told;
}

const noValueReason = "a side has no value of the metric";
const noneReason = "fewer than two units with an outcome on a side";
const noRestReason = "no units outside this cell to compare with";
const noLevelReason = "no level has two units with an outcome on both sides";

function none(method: string, reason: string, { level = 0.95 }: EstimateOptions): Estimate {
  return { status: "undefined", method, reason, level };
}

/**
 * What the metric family answers by default: skewed amounts by their score; others, in one stratum by the type's own
 * estimator, in several by the first order of its value, averaged by share. Where skewness could not be seen, the answer
 * says so.
 * @returns the answers, to be spread into a member
 */
export function linearAnswers({
  value,
  weights,
  amounts,
  symmetric = false,
  check,
  pair,
  textbook,
}: LinearType): Pick<
  MetricType,
  | "value"
  | "sides"
  | "weights"
  | "unadjustable"
  | "sparse"
  | "linear"
  | "estimate"
  | "reads"
  | "apart"
  | "readsApart"
  | "stratified"
  | "levels"
> {
  const { linear } = amounts;
  const allSeen = (strata: readonly MetricStratum[]): boolean =>
    symmetric || strata.every(({ control, treatment }) => seen(control) && seen(treatment));
  /** The estimate, flagged where skewness could not be seen in a stratum. */
  const told = (estimate: Estimate, ...parts: readonly (readonly MetricStratum[])[]): Estimate =>
    parts.every(allSeen) ? estimate : unseen(estimate);
  const linearized = (strata: readonly MetricStratum[]): readonly Stratum[] =>
    strata.flatMap((each) => {
      const [control, treatment] = [linear(each.control), linear(each.treatment)];
      return control && treatment ? [{ control, treatment }] : [];
    });
  const plainly = (strata: readonly MetricStratum[], options: EstimateOptions): BothScales => {
    const [only] = strata;
    if (strata.length === 1 && only) return pair(only.control, only.treatment, options);
    const usable = linearized(strata);
    if (usable.length > 0 && usable.length === strata.length) return combined(usable, options);
    const missing = none("none", noneReason, options);
    return { difference: missing, lift: missing };
  };
  const reads = (strata: readonly MetricStratum[]): MetricReading => {
    for (const { control, treatment } of strata) check(control, treatment);
    const skewed = amountsComparison(strata, amounts);
    const [only] = strata;
    const usual = (options: EstimateOptions): Estimate =>
      strata.length === 1 && only
        ? textbook(only.control, only.treatment, options)
        : plainly(strata, options).difference;
    if (skewed)
      return {
        at: (options) => ({ difference: skewed.absolute(options), lift: skewed.relative(options) }),
        named(options) {
          const beside = usual(options);
          return { [beside.method]: beside };
        },
      };
    const known = allSeen(strata);
    return {
      at(options) {
        const { difference, lift } = plainly(strata, options);
        return known ? { difference, lift } : { difference: unseen(difference), lift: unseen(lift) };
      },
      named(options) {
        const beside = usual(options);
        return plainly(strata, options).difference.method === beside.method
          ? undefined
          : { [beside.method]: beside };
      },
    };
  };
  const readsApart = (cell: readonly MetricStratum[], rest: readonly MetricStratum[]): ApartReading => {
    const method = "cell-minus-rest";
    if (cell.length === 0 || rest.length === 0) return (options) => none(method, noRestReason, options);
    const skewed = amountsApart(cell, rest, amounts);
    if (skewed) return skewed;
    const here = linearized(cell);
    const elsewhere = linearized(rest);
    if (here.length === 0 || elsewhere.length === 0) return (options) => none(method, noRestReason, options);
    const own = byShare(here);
    const other = byShare(elsewhere);
    const error = Math.hypot(Math.sqrt(own.variance), Math.sqrt(other.variance));
    return (options) =>
      told(symmetricEstimate(method, own.value - other.value, error, normalTail, options), cell, rest);
  };
  return {
    value,
    sides: ({ control, treatment }) => [value(control), value(treatment)],
    weights,
    unadjustable: ({ mean }) => (weights(mean) ? undefined : noValueReason),
    sparse,
    linear,
    reads,
    estimate: estimateBy(reads),
    apart: (cell, rest, options = {}) => readsApart(cell, rest)(options),
    readsApart,
    stratified(strata, options = {}) {
      if (strata.length > 0) {
        const skewed = amountsComparison(strata, amounts);
        if (skewed) return skewed.absolute(options);
      }
      const usable = linearized(strata);
      return usable.length > 0
        ? told(postStratify(usable, options), strata)
        : none("post-stratified", noLevelReason, options);
    },
    levels(parts, scale) {
      const usable = parts.flatMap((part) => {
        const [control, treatment] = [linear(part.control), linear(part.treatment)];
        return control && treatment ? [{ ...part, control, treatment }] : [];
      });
      return meanLevelsTest(usable, scale);
    },
  };
}
