import type { Distribution } from "../../core/moments.js";
import {
  type ErrorPath,
  ExperimentError,
  out_of_range,
  requireArray,
  requireNumber,
  requireObject,
  wrong_length,
} from "../../errors/index.js";

/** @returns how many units have which value, from counts by value */
export function distributionOf(counts: Iterable<readonly [value: number, units: number]>): Distribution {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return { values: sorted.map(([value]) => value), units: sorted.map(([, units]) => units) };
}

/** @returns the distribution of two disjoint sets of units taken together */
export function mergeDistributions(a: Distribution, b: Distribution): Distribution {
  const [values, units]: [number[], number[]] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.values.length || j < b.values.length) {
    const x = a.values[i] ?? Number.POSITIVE_INFINITY;
    const y = b.values[j] ?? Number.POSITIVE_INFINITY;
    values.push(Math.min(x, y));
    units.push((x <= y ? (a.units[i] ?? 0) : 0) + (y <= x ? (b.units[j] ?? 0) : 0));
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return { values, units };
}

/** Whether it has the two lists of a distribution, one as long as the other. */
export function fitsDistribution(distribution: Distribution): boolean {
  if (typeof distribution !== "object" || distribution === null) return false;
  const { values, units } = distribution;
  return Array.isArray(values) && Array.isArray(units) && values.length === units.length;
}

/** @throws ExperimentError `missing_value` or `wrong_type` at the path or a list's; `wrong_length` at its units */
export function checkDistributionLists(distribution: Distribution, path: ErrorPath): void {
  requireObject(distribution, path);
  const { values, units } = distribution;
  requireArray(values, [...path, "values"]);
  requireArray(units, [...path, "units"]);
  if (values.length !== units.length)
    throw new ExperimentError({ wrong_length }, [...path, "units"], units.length, {
      expected: { length: values.length },
      other: "values",
    });
}

/**
 * Refuses a distribution that no sample of n units can have.
 * @throws ExperimentError what {@link checkDistributionLists} throws; `not_finite` or `out_of_range` at a value's or a
 *   count's path for values that do not ascend, counts that are not of one unit or more, or do not add up to n
 */
export function checkDistribution(distribution: Distribution, n: number, path: ErrorPath): void {
  checkDistributionLists(distribution, path);
  const { values, units } = distribution;
  let [above, sum] = [Number.NEGATIVE_INFINITY, 0];
  for (const [i, value] of values.entries()) {
    requireNumber(value, [...path, "values", i], Number.isFinite(above) ? { above } : {});
    requireNumber(units[i], [...path, "units", i], { atLeast: 1, whole: true });
    above = value;
    sum += units[i] ?? 0;
  }
  if (sum !== n)
    throw new ExperimentError({ out_of_range }, [...path, "units"], sum, {
      expected: { atLeast: n, atMost: n },
    });
}
