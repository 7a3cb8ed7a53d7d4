import type { Moments, ScalarMoments } from "../../core/moments.js";
import {
  type ErrorPath,
  ExperimentError,
  inconsistent_moments,
  negative_count,
  negative_variance,
  not_finite,
  wrong_length,
  wrong_type,
} from "../../errors/index.js";
import { packedIndex } from "../../linear/index.js";

function checkCount(n: number, path: ErrorPath): void {
  if (!Number.isFinite(n)) throw new ExperimentError({ not_finite }, [...path, "n"], n);
  if (n < 0 || !Number.isInteger(n)) throw new ExperimentError({ negative_count }, [...path, "n"], n);
}

function checkObject(moments: object, path: ErrorPath): void {
  if (typeof moments !== "object" || moments === null)
    throw new ExperimentError({ wrong_type }, path, moments);
}

function finite(value: number | undefined, path: ErrorPath): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new ExperimentError({ not_finite }, path, value);
  return value;
}

/**
 * Refuses moments of one value per unit that no sample can have.
 * @param moments  n an integer ≥ 0; mean, m2 (and m3, when there) finite; m2 ≥ 0
 * @param path     where the moments lie in the caller's input, outermost key first
 * @returns the same moments
 * @throws ExperimentError `wrong_type` at the path; `not_finite`, `negative_count` or `negative_variance` at the field's
 */
export function checkScalarMoments(moments: ScalarMoments, path: ErrorPath = []): ScalarMoments {
  checkObject(moments, path);
  const { n, mean, m2, m3 } = moments;
  if (!(n >= 0 && Number.isInteger(n))) checkCount(n, path);
  if (!Number.isFinite(mean)) finite(mean, [...path, "mean"]);
  if (!Number.isFinite(m2)) finite(m2, [...path, "m2"]);
  if (m2 < 0) throw new ExperimentError({ negative_variance }, [...path, "m2"], m2);
  if (m3 !== undefined && !Number.isFinite(m3)) finite(m3, [...path, "m3"]);
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
  checkObject(moments, path);
  const { n, names, mean, comoment, m3, max } = moments;
  for (const [field, list] of Object.entries({ names, mean, comoment }))
    if (typeof list?.length !== "number") throw new ExperimentError({ wrong_type }, [...path, field], list);
  const k = names.length;
  checkCount(n, path);
  if (mean.length !== k) throw new ExperimentError({ wrong_length }, [...path, "mean"], mean.length);
  if (comoment.length !== (k * (k + 1)) / 2)
    throw new ExperimentError({ wrong_length }, [...path, "comoment"], comoment.length);
  if (m3 && m3.length !== k) throw new ExperimentError({ wrong_length }, [...path, "m3"], m3.length);
  if (max && max.length !== k) throw new ExperimentError({ wrong_length }, [...path, "max"], max.length);
  for (let i = 0; i < k; i++) {
    finite(mean[i], [...path, "mean", i]);
    if (m3) finite(m3[i], [...path, "m3", i]);
    if (max) finite(max[i], [...path, "max", i]);
    for (let j = 0; j <= i; j++) {
      const at = packedIndex(i, j);
      const value = finite(comoment[at], [...path, "comoment", at]);
      if (i === j && value < 0)
        throw new ExperimentError({ negative_variance }, [...path, "comoment", at], value);
    }
    for (let j = 0; j < i; j++) {
      const at = packedIndex(i, j);
      const bound =
        Math.sqrt(comoment[packedIndex(i, i)] as number) * Math.sqrt(comoment[packedIndex(j, j)] as number);
      const value = comoment[at] as number;
      if (Math.abs(value) > bound * (1 + 1e-9) + Number.MIN_VALUE)
        throw new ExperimentError({ inconsistent_moments }, [...path, "comoment", at], value);
    }
  }
  return moments;
}
