import type { Estimate } from "../core/estimate.js";
import { type CompareContext, metricIn, strataOf } from "./compare.js";
import type { Comparison, Contrast, StratifiedComparison } from "./comparison.js";
import type { Group } from "./cube.js";

// The gap between the crude and the stratified difference has at most the crude one's standard error when the
// shares differ by chance alone; further out than this, the shares themselves moved.
const signGap = 2;
const shiftGap = 3;

const overlappingReason = "clusters count in several levels, so levels are not parts of the whole";

function agreementOf(crude: Estimate, stratified: Estimate): StratifiedComparison["agreement"] {
  if (crude.status !== "ok" || stratified.status !== "ok") return "undefined";
  const gap = Math.abs(crude.value - stratified.value);
  if (crude.value * stratified.value < 0 && gap > signGap * crude.standardError) return "simpson";
  return gap > shiftGap * crude.standardError ? "shifted" : "agrees";
}

/**
 * Averages a macro comparison over a dimension's levels by their share of the units, and puts it beside the crude
 * one; far apart means that the variants met different mixes of levels (Simpson's paradox).
 * @param groups one per level of the dimension
 * @param macro  the same comparison over all units
 * @param overlapping  whether clusters count in several of the levels
 */
export function stratify(
  groups: readonly Group[],
  dimension: string,
  metricAt: number,
  contrast: Contrast,
  macro: Comparison,
  context: CompareContext,
  overlapping = false,
): StratifiedComparison {
  const { metric, type } = metricIn(context, metricAt);
  const crude = macro.difference.fixed;
  const common = { metric: metric.key, contrast, dimension, crude };
  if (context.adaptive) return { ...common, stratified: crude, agreement: "undefined" };
  if (overlapping) {
    const { level } = context;
    const stratified: Estimate = {
      status: "undefined",
      method: "post-stratified",
      reason: overlappingReason,
      level,
    };
    return { ...common, stratified, agreement: "undefined" };
  }
  const strata = groups.flatMap((group) => strataOf(group, metricAt, contrast));
  const stratified = type.stratified(strata, { level: context.level });
  return { ...common, stratified, agreement: agreementOf(crude, stratified) };
}
