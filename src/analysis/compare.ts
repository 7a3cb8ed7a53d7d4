import type { Draft } from "../core/draft.js";
import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import { normalSurvivalQuantile } from "../distributions/index.js";
import type { MeansStratum, MetricReading, MetricStratum, MetricType } from "../metrics/index.js";
import type { LookRule } from "../stats/looks/index.js";
import { type Comparison, type Contrast, reading } from "./comparison.js";
import { direction } from "./comparison-evidence.js";
import type { Group } from "./cube.js";
import { plannedReading } from "./looks/planned-reading.js";

/** What every comparison of one analysis shares. */
export interface CompareContext {
  readonly metrics: readonly MetricDefinition[];
  /** How each metric is read, in their order: by its own type, or that adjusted for its covariates. */
  readonly types: readonly MetricType[];
  /** Of all looks together. */
  readonly level: number;
  /** How what decides is read at this look; absent where it is the only one. */
  readonly rule?: LookRule;
  /** The policy that allocated, when it adapted to outcomes; its data get no p-values. */
  readonly adaptive: boolean;
  /** Key of the variant that decisions compare with. */
  readonly control: string;
}

/** Both sides of a metric under one definition version. */
export interface VersionStratum extends MetricStratum {
  readonly version: number;
}

const adaptiveReason =
  "the policy chose variants by their outcomes, so this plain comparison is biased and has no p-value";

/** @returns one stratum per definition version that has two units with an outcome on each side */
export function strataOf(
  group: Group,
  metricAt: number,
  [control, treatment]: Contrast,
): readonly VersionStratum[] {
  const strata: VersionStratum[] = [];
  group.arms.forEach((arms, version) => {
    const a = arms.get(control)?.moments[metricAt];
    const b = arms.get(treatment)?.moments[metricAt];
    if (a && b && a.n >= 2 && b.n >= 2) strata.push({ version, control: a, treatment: b });
  });
  return strata;
}

/** What of a comparison the caller found already, and how much is to be told. */
export interface KnownStrata {
  readonly strata: readonly VersionStratum[];
  /** Absent where there are no strata. */
  readonly reading?: MetricReading | undefined;
  /** Whether further tests of the same contrast are told. */
  readonly others: boolean;
}

/** @returns units of a variant with an outcome, over all definition versions */
export function unitsOf(group: Group, metricAt: number, variant: string): number {
  let units = 0;
  group.arms.forEach((arms) => {
    units += arms.get(variant)?.moments[metricAt]?.n ?? 0;
  });
  return units;
}

/** @returns of both sides the share-weighted mean over versions; null when a version has none */
export function sideValues(type: MetricType, strata: readonly MeansStratum[]): Comparison["values"] {
  const sums: [number | null, number | null] = [0, 0];
  let total = 0;
  for (const stratum of strata) {
    const weight = strata.length === 1 ? 1 : stratum.control.n + stratum.treatment.n;
    const [control, treatment] = type.sides(stratum);
    sums[0] = sums[0] === null || control === undefined ? null : sums[0] + weight * control;
    sums[1] = sums[1] === null || treatment === undefined ? null : sums[1] + weight * treatment;
    total += weight;
  }
  const [control, treatment] = sums;
  if (total === 0) return [null, null];
  return [control === null ? null : control / total, treatment === null ? null : treatment / total];
}

/** @returns one of the metrics that are compared, and how it is read */
export function metricIn(
  { metrics, types }: CompareContext,
  metricAt: number,
): { readonly metric: MetricDefinition; readonly type: MetricType } {
  return { metric: metrics[metricAt] as MetricDefinition, type: types[metricAt] as MetricType };
}

function shown(estimate: Estimate, { adaptive }: CompareContext): Estimate {
  if (!adaptive) return estimate;
  const { method, value } = estimate;
  return { status: "adaptive", method, reason: adaptiveReason, ...(value === undefined ? {} : { value }) };
}

/** Whether this look of the plan gives a goal's gain up. */
function givenUp(
  difference: Estimate,
  metric: MetricDefinition,
  { cell, contrast }: Pick<Comparison, "cell" | "contrast">,
  { rule, control }: CompareContext,
): boolean {
  const decides = metric.role === "goal" && contrast[0] === control && Object.keys(cell).length === 0;
  if (!rule?.futility || !decides || difference.status !== "ok") return false;
  const gained = direction(metric) * Math.sign(difference.value);
  return gained * normalSurvivalQuantile(difference.pValue / 2) <= rule.futility.below;
}

function tooFew(level: number): Estimate {
  return {
    status: "undefined",
    method: "none",
    reason: "fewer than two units with an outcome on a side",
    level,
  };
}

/**
 * Compares two variants on one metric within a group of cells: directly when one definition version is present,
 * else version by version, averaged by the versions' share of the units.
 * @param known  as `strataOf` and the metric's type give them
 * @returns the comparison on both scales, not yet corrected
 */
export function compare(
  group: Group,
  metricAt: number,
  contrast: Contrast,
  context: CompareContext,
  known?: KnownStrata,
): Comparison {
  const { metric, type } = metricIn(context, metricAt);
  const { level, rule } = context;
  const strata = known?.strata ?? strataOf(group, metricAt, contrast);
  const found = known ? known.reading : strata.length > 0 ? type.reads(strata) : undefined;
  const values = sideValues(type, strata);
  const fixed = found?.at({ level });
  const planned =
    rule && found && fixed && !context.adaptive
      ? plannedReading(
          found,
          rule,
          metric,
          { cell: group.cell, values, contrast },
          fixed.difference,
          context.control,
        ).at({ level })
      : undefined;
  const named = context.adaptive || known?.others === false ? undefined : found?.named({ level });
  const once = fixed ?? { difference: tooFew(level), lift: tooFew(level) };
  const difference = shown(once.difference, context);
  const lift = shown(once.lift, context);
  const told: Draft<Comparison> = {
    metric: metric.key,
    contrast,
    cell: group.cell,
    units: [unitsOf(group, metricAt, contrast[0]), unitsOf(group, metricAt, contrast[1])],
    values,
    difference: reading(planned?.difference ?? difference, named, difference),
    lift: reading(planned?.lift ?? lift, undefined, lift),
  };
  if (planned && fixed && givenUp(fixed.difference, metric, told, context)) told.futile = "now";
  if (strata.length > 1)
    told.versions = strata.map((stratum) => {
      const own = type.reads([stratum]).at({ level });
      return {
        definitionVersion: stratum.version,
        difference: shown(own.difference, context),
        lift: shown(own.lift, context),
      };
    });
  return told;
}
