import type { Definition, PointRange, VariantOf } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { requireArray, requireObject } from "../errors/index.js";

/**
 * Lays fractions end to end as ranges of points; each boundary is the cumulated fraction × 2³², rounded.
 * @param fractions  one per variant, in order, summing to 1
 * @returns sorted, disjoint ranges covering 0 … 2³² exactly, one for each variant; without a share it is empty
 */
export function rangesOf<V extends string>(fractions: readonly (readonly [V, number])[]): PointRange<V>[] {
  const ranges: PointRange<V>[] = [];
  const last = fractions.reduce((found, [, fraction], i) => (fraction > 0 ? i : found), -1);
  let cumulated = 0;
  let from = 0;
  fractions.forEach(([variant, fraction], i) => {
    cumulated += fraction;
    const end = i < last ? Math.min(POINTS, Math.round(cumulated * POINTS)) : POINTS;
    const to = Math.max(from, end);
    ranges.push(Object.freeze({ from, to, variant }));
    from = to;
  });
  return ranges;
}

/** {@link allocationOf} of a definition that was checked. */
export function sharesOf<V extends string>(definition: Definition<V, unknown>): Record<V, number> {
  // Summed in a map: adding to hundreds of properties one by one takes V8 seconds.
  const points = new Map<V, number>();
  for (const { from, to, variant } of definition.ranges)
    points.set(variant, (points.get(variant) ?? 0) + (to - from));
  return Object.fromEntries(
    definition.variants.map(({ key }) => [key, (points.get(key) ?? 0) / POINTS]),
  ) as Record<V, number>;
}

/**
 * The split that a definition asks for, read from its ranges; what observed counts are to be checked against.
 * @param definition  an experiment
 * @returns each variant's fraction of the enrolled units, in the order of `variants`, summing to 1
 * @throws ExperimentError `missing_value` or `wrong_type` for what is not a definition
 */
export function allocationOf<D extends Definition<string, unknown>>(
  definition: D,
): Record<VariantOf<D>, number> {
  requireObject(definition, ["definition"]);
  for (const part of ["ranges", "variants"] as const) {
    requireArray(definition[part], ["definition", part]);
    definition[part].forEach((each, i) => {
      requireObject(each, ["definition", part, i]);
    });
  }
  return sharesOf<VariantOf<D>>(definition as never);
}
