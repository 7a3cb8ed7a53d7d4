import type { Moments, ScalarMoments } from "../../core/moments.js";
import {
  type ErrorPath,
  ExperimentError,
  inconsistent_moments,
  negative_variance,
  requireArray,
  requireNumber,
  requireObject,
  wrong_length,
  wrong_type,
} from "../../errors/index.js";
import { packedIndex } from "../../linear/index.js";
import { checkDistribution, checkDistributionLists, fitsDistribution } from "./distribution.js";
import { requireCount } from "./require-count.js";

function checkVariance(m2: number, path: ErrorPath): void {
  requireNumber(m2, path);
  if (m2 < 0) throw new ExperimentError({ negative_variance }, path, m2, { expected: { atLeast: 0 } });
}

function checkNonzero(nonzero: unknown, n: number, path: ErrorPath): void {
  requireCount(nonzero, path);
  requireNumber(nonzero, path, { atMost: n });
}

/** Refuses a list of moments that is not as long as the names say. */
function checkLength(list: readonly unknown[], length: number, path: ErrorPath): void {
  requireArray(list, path);
  if (list.length !== length)
    throw new ExperimentError({ wrong_length }, path, list.length, { expected: { length }, other: "names" });
}

/**
 * Refuses moments of one value per unit that no sample can have.
 * @param moments  n an integer ≥ 0; mean, m2 (and m3, when there) finite; m2 ≥ 0; nonzero, when there, 0 … n
 * @param path     where the moments lie in the caller's input, outermost key first
 * @returns the same moments
 * @throws ExperimentError `missing_value` or `wrong_type` at the path; `not_finite`, `negative_count`,
 *         `out_of_range` or `negative_variance` at the field's
 */
export function checkScalarMoments(moments: ScalarMoments, path: ErrorPath = []): ScalarMoments {
  requireObject(moments, path);
  const { n, mean, m2, m3, nonzero } = moments;
  if (!(n >= 0 && Number.isInteger(n))) requireCount(n, [...path, "n"]);
  if (!Number.isFinite(mean)) requireNumber(mean, [...path, "mean"]);
  if (!(m2 >= 0 && Number.isFinite(m2))) checkVariance(m2, [...path, "m2"]);
  if (m3 !== undefined && !Number.isFinite(m3)) requireNumber(m3, [...path, "m3"]);
  if (nonzero !== undefined && !(Number.isInteger(nonzero) && nonzero >= 0 && nonzero <= n))
    checkNonzero(nonzero, n, [...path, "nonzero"]);
  return moments;
}

/**
 * Refuses moments of several values per unit that no sample can have: a count that is not one, non-finite
 * numbers, arrays of the wrong length, negative variances, or covariances beyond what the variances allow
 * (Cauchy–Schwarz, with a tolerance of 1e-9 for rounding).
 * @param moments  moments with k names: mean has k entries, comoment k(k + 1)/2
 * @param path     where the moments lie in the caller's input, outermost key first
 * @returns the same moments
 * @throws ExperimentError `wrong_type` at the path or a field's; `not_finite`, `negative_count`, `negative_variance`,
 *         `wrong_length` or `inconsistent_moments` at the field's path
 */
export function checkMoments(moments: Moments, path: ErrorPath = []): Moments {
  checkLists(moments, path);
  const { n, names, mean, comoment, m3, mixed3, triple3, nonzero, max, distribution } = moments;
  const k = names.length;
  if (distribution) checkDistribution(distribution, n, [...path, "distribution"]);
  mixed3?.forEach((value, i) => {
    requireNumber(value, [...path, "mixed3", i]);
  });
  triple3?.forEach((value, i) => {
    requireNumber(value, [...path, "triple3", i]);
  });
  names.forEach((name, i) => {
    if (typeof name !== "string")
      throw new ExperimentError({ wrong_type }, [...path, "names", i], name, { expected: { type: "text" } });
  });
  for (let i = 0; i < k; i++) {
    requireNumber(mean[i], [...path, "mean", i]);
    if (m3) requireNumber(m3[i], [...path, "m3", i]);
    if (nonzero) checkNonzero(nonzero[i], n, [...path, "nonzero", i]);
    if (max) requireNumber(max[i], [...path, "max", i]);
    for (let j = 0; j <= i; j++) {
      const at = packedIndex(i, j);
      const value = comoment[at] as number;
      if (i === j) checkVariance(value, [...path, "comoment", at]);
      else requireNumber(value, [...path, "comoment", at]);
    }
    for (let j = 0; j < i; j++) {
      const at = packedIndex(i, j);
      const bound =
        Math.sqrt(comoment[packedIndex(i, i)] as number) * Math.sqrt(comoment[packedIndex(j, j)] as number);
      const value = comoment[at] as number;
      if (Math.abs(value) > bound * (1 + 1e-9) + Number.MIN_VALUE)
        throw new ExperimentError({ inconsistent_moments }, [...path, "comoment", at], value, {
          expected: { atLeast: -bound, atMost: bound },
        });
    }
  }
  return moments;
}

const holds = (list: unknown, length: number): boolean => Array.isArray(list) && list.length === length;

/** Whether lists are those of moments; reports merge thousands, so nothing is allocated to find out. */
export function fitsLists(moments: Moments): boolean {
  if (typeof moments !== "object" || moments === null) return false;
  const { n, names, mean, comoment, m3, mixed3, triple3, nonzero, max, distribution } = moments;
  if (!(n >= 0 && Number.isInteger(n) && Array.isArray(names))) return false;
  const k = names.length;
  return (
    holds(mean, k) &&
    holds(comoment, (k * (k + 1)) / 2) &&
    (m3 === undefined || holds(m3, k)) &&
    (mixed3 === undefined || holds(mixed3, k * (k - 1))) &&
    (triple3 === undefined || holds(triple3, (k * (k - 1) * (k - 2)) / 6)) &&
    (nonzero === undefined || holds(nonzero, k)) &&
    (max === undefined || holds(max, k)) &&
    (distribution === undefined || (k === 1 && fitsDistribution(distribution)))
  );
}

/**
 * Refuses what does not even look like moments of several values per unit; the numbers themselves are not looked at.
 * @throws ExperimentError `missing_value` or `wrong_type` at the path or a field's, `negative_count` at its n,
 *         `wrong_length` at a list's
 */
export function checkLists(moments: Moments, path: ErrorPath): void {
  requireObject(moments, path);
  const { n, names, mean, comoment, m3, mixed3, triple3, nonzero, max, distribution } = moments;
  if (!(n >= 0 && Number.isInteger(n))) requireCount(n, [...path, "n"]);
  requireArray(names, [...path, "names"]);
  const k = names.length;
  checkLength(mean, k, [...path, "mean"]);
  requireArray(comoment, [...path, "comoment"]);
  const products = (list: readonly unknown[], length: number, field: string) => {
    if (list.length !== length)
      throw new ExperimentError({ wrong_length }, [...path, field], list.length, { expected: { length } });
  };
  products(comoment, (k * (k + 1)) / 2, "comoment");
  if (m3 !== undefined) checkLength(m3, k, [...path, "m3"]);
  if (mixed3 !== undefined) {
    requireArray(mixed3, [...path, "mixed3"]);
    products(mixed3, k * (k - 1), "mixed3");
  }
  if (triple3 !== undefined) {
    requireArray(triple3, [...path, "triple3"]);
    products(triple3, (k * (k - 1) * (k - 2)) / 6, "triple3");
  }
  if (nonzero !== undefined) checkLength(nonzero, k, [...path, "nonzero"]);
  if (max !== undefined) checkLength(max, k, [...path, "max"]);
  if (distribution !== undefined) {
    products(names, 1, "names");
    checkDistributionLists(distribution, [...path, "distribution"]);
  }
}
