import type { Cells, ExposedUnits } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import type { Estimate } from "../core/estimate.js";
import { square } from "../core/powers.js";
import { normalSurvivalQuantile } from "../distributions/index.js";
import { metricTypeOf } from "../metrics/index.js";
import type { Comparison, ReportMetric } from "./comparison.js";
import type { Arm } from "./report.js";
import { checkShares } from "./srm.js";
import type { Triggered } from "./triggered.js";

const totalOf = (arms: readonly ExposedUnits[]) => arms.reduce((sum, { units }) => sum + units, 0);

/** @returns who met the trigger; undefined where all units count */
export function triggeredIn(
  { trigger }: Cells,
  arms: readonly Arm[],
  definitions: readonly [Definition, ...Definition[]],
): Triggered | undefined {
  if (!trigger) return undefined;
  const { event, all } = trigger;
  return { event, units: totalOf(arms), of: totalOf(all), checks: checkShares(all, definitions) };
}

/**
 * A difference among the units that met the trigger, spread over all: times the share of units that met it, the same in both
 * variants, whose own chance counts too.
 * @param share  of both variants together, in (0, 1]
 * @param units  that it is a share of
 * @source Zou & Donner (2008), Statistics in Medicine 27, for intervals of products that need not be symmetric
 */
function dilute(planned: Estimate, share: number, units: number): Estimate | undefined {
  if (planned.status !== "ok") return undefined;
  const { value, standardError, interval, level, pValue } = planned;
  const spread = (value * value * share * (1 - share)) / units;
  const critical = normalSurvivalQuantile((1 - level) / 2);
  const bound = (end: number) =>
    Number.isFinite(end)
      ? share * value +
        Math.sign(end - value) * Math.sqrt(square(share * (end - value)) + critical * critical * spread)
      : end;
  return {
    ...{ status: "ok", method: "diluted", value: share * value },
    standardError: Math.sqrt(square(share * standardError) + spread),
    ...{ interval: [bound(interval[0]), bound(interval[1])], level, pValue },
  };
}

/** @returns the comparison with its difference over all units beside it, where the metric is of a unit and one version is read */
export function dilutedComparison(
  comparison: Comparison,
  metrics: readonly ReportMetric[],
  { trigger }: Cells,
  arms: readonly Arm[],
): Comparison {
  const metric = metrics.find(({ key }) => key === comparison.metric);
  if (!metric) return comparison;
  const { joint, distribution, missing } = metricTypeOf(metric);
  const versions = new Set(arms.map(({ definitionVersion }) => definitionVersion));
  if (!trigger || joint || distribution || missing || versions.size > 1) return comparison;
  const both = (list: readonly ExposedUnits[]) =>
    totalOf(list.filter(({ variant }) => comparison.contrast.includes(variant)));
  const [met, all] = [both(arms), both(trigger.all)];
  const { difference } = comparison;
  const diluted = all > 0 ? dilute(difference.planned, met / all, all) : undefined;
  return diluted
    ? { ...comparison, difference: { ...difference, others: { ...difference.others, diluted } } }
    : comparison;
}
