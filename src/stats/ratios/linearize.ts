import type { Moments, ScalarMoments } from "../../core/moments.js";
import { cube } from "../../core/powers.js";
import { type ErrorPath, ExperimentError, wrong_length } from "../../errors/index.js";
import { checkMoments } from "../moments/check-moments.js";

/**
 * A ratio of two means as if it were a mean: per unit the influence (numerator − R·denominator)/denominator's mean.
 * @param moments  two values per unit, numerator then denominator; more are ignored
 * @param path     where the moments lie in the caller's input
 * @returns n, mean = the ratio R, m2 of the influences, and m3 where third moments are there; undefined when the denominator's mean is zero
 * @throws ExperimentError `wrong_length` at the path's names for fewer than two values, and what `checkMoments` throws
 * @source Deng, Knoblich & Lu (2018), KDD, "Applying the delta method in metric analytics"
 */
export function linearize(moments: Moments, path: ErrorPath): ScalarMoments | undefined {
  checkMoments(moments, path);
  const [numerator, denominator] = moments.mean;
  if (numerator === undefined || denominator === undefined)
    throw new ExperimentError({ wrong_length }, [...path, "names"], moments.names.length, {
      expected: { atLeast: 2 },
    });
  if (denominator === 0) return undefined;
  const [nn, nd, dd] = moments.comoment as [number, number, number];
  const ratio = numerator / denominator;
  const residual = nn - 2 * ratio * nd + ratio * ratio * dd;
  // A residual below the rounding of its three terms is no variance at all.
  const noise = 8 * Number.EPSILON * (nn + ratio * ratio * dd);
  const none = !(residual > noise);
  const m2 = none ? 0 : residual / denominator / denominator;
  const { n, m3, mixed3 } = moments;
  if (!m3 || !mixed3) return { n, mean: ratio, m2 };
  const [nnn, ddd] = m3 as [number, number];
  const [ndd, nnd] = mixed3 as [number, number];
  const cubes = nnn - 3 * ratio * nnd + ratio * ratio * (3 * ndd - ratio * ddd);
  // No sample's Σ|d|³ exceeds (Σd²)^1.5; what does is rounding.
  const bound = m2 * Math.sqrt(m2);
  return { n, mean: ratio, m2, m3: Math.max(-bound, Math.min(bound, cubes / cube(denominator))) };
}
