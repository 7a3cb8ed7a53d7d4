import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Moments } from "../core/moments.js";
import { metricTypeOf } from "../metrics/index.js";
import type { Stratum } from "../stats/index.js";
import { combineVersions } from "./combine.js";
import { type Comparison, type Contrast, reading } from "./comparison.js";
import type { CubeArm, Group } from "./cube.js";

/** What every comparison of one analysis shares. */
export interface CompareContext {
  readonly metrics: readonly MetricDefinition[];
  readonly level: number;
  /** The policy that allocated, when it adapted to outcomes; its data get no p-values. */
  readonly adaptive: boolean;
}

/** Both sides of a metric under one definition version. */
interface Pair {
  readonly version: number;
  readonly control: Moments;
  readonly treatment: Moments;
}

const adaptiveReason =
  "the policy chose variants by their outcomes, so this plain comparison is biased and has no p-value";

function pairsOf(group: Group, metricAt: number, [control, treatment]: Contrast): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const [version, arms] of group.arms) {
    const sides = [arms.get(control), arms.get(treatment)] as const;
    const [a, b] = sides.map((arm: CubeArm | undefined) => arm?.moments[metricAt]);
    if (a && b && a.n >= 2 && b.n >= 2) pairs.push({ version, control: a, treatment: b });
  }
  return pairs;
}

function unitsOf(group: Group, metricAt: number, variant: string): number {
  let units = 0;
  for (const arms of group.arms.values()) units += arms.get(variant)?.moments[metricAt]?.n ?? 0;
  return units;
}

/** @returns the share-weighted mean over versions; null when a version has none */
function sideValue(
  metric: MetricDefinition,
  pairs: readonly Pair[],
  side: "control" | "treatment",
): number | null {
  let [sum, total] = [0, 0];
  for (const pair of pairs) {
    const value = metricTypeOf(metric).linear(pair[side])?.mean;
    if (value === undefined) return null;
    const weight = pairs.length === 1 ? 1 : pair.control.n + pair.treatment.n;
    sum += weight * value;
    total += weight;
  }
  return total > 0 ? sum / total : null;
}

/** @returns both sides as moments of one value per unit, or undefined where the metric has no value */
export function stratumOf(metric: MetricDefinition, a: Moments, b: Moments): Stratum | undefined {
  const type = metricTypeOf(metric);
  const [control, treatment] = [type.linear(a), type.linear(b)];
  return control && treatment ? { control, treatment } : undefined;
}

function adaptive(estimate: Estimate): Estimate {
  const { method, value } = estimate;
  return { status: "adaptive", method, reason: adaptiveReason, ...(value === undefined ? {} : { value }) };
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
 * @returns the comparison on both scales, not yet corrected
 */
export function compare(
  group: Group,
  metricAt: number,
  contrast: Contrast,
  context: CompareContext,
): Comparison {
  const metric = context.metrics[metricAt] as MetricDefinition;
  const { level } = context;
  const pairs = pairsOf(group, metricAt, contrast);
  const own = pairs.map((pair) => ({
    definitionVersion: pair.version,
    ...metricTypeOf(metric).estimate(pair.control, pair.treatment, { level }),
  }));
  const [only, ...more] = own;
  const strata = pairs.length > 1 ? pairs.map((pair) => stratumOf(metric, pair.control, pair.treatment)) : [];
  const whole = strata.filter((stratum) => stratum !== undefined);
  const alone = more.length === 0 ? only : undefined;
  const combined =
    strata.length > 1 && whole.length === strata.length ? combineVersions(whole, level) : undefined;
  const estimates = alone ?? combined;
  const shown = (estimate: Estimate) => (context.adaptive ? adaptive(estimate) : estimate);
  const named = context.adaptive ? undefined : alone?.named;
  return {
    metric: metric.key,
    contrast,
    cell: group.cell,
    units: [unitsOf(group, metricAt, contrast[0]), unitsOf(group, metricAt, contrast[1])],
    values: [sideValue(metric, pairs, "control"), sideValue(metric, pairs, "treatment")],
    difference: reading(shown(estimates?.difference ?? tooFew(level)), named),
    lift: reading(shown(estimates?.lift ?? tooFew(level))),
    ...(more.length === 0
      ? {}
      : {
          versions: own.map(({ definitionVersion, difference, lift }) => ({
            definitionVersion,
            difference: shown(difference),
            lift: shown(lift),
          })),
        }),
  };
}
