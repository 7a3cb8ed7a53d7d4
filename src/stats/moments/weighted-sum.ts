import type { Moments } from "../../core/moments.js";
import { cube, square } from "../../core/powers.js";
import { packedIndex } from "../../linear/index.js";

/** Σ (Σ wᵢ dᵢ)³ over units, d being what a value lies from its mean; undefined where a product of three is not known. */
function thirdMoment({ names, m3, mixed3 }: Moments, weights: readonly number[]): number | undefined {
  if (m3 === undefined || names.length > 2) return undefined;
  const [a = 0, b = 0] = weights;
  const own = cube(a) * (m3[0] ?? 0) + cube(b) * (m3[1] ?? 0);
  if (names.length === 1) return own;
  const [squaredB, squaredA] = mixed3 ?? [];
  if (squaredA === undefined || squaredB === undefined) return undefined;
  return own + 3 * (square(a) * b * squaredA + square(b) * a * squaredB);
}

/**
 * Moments of a weighted sum of a unit's values, from their joint moments.
 * @param moments  of the values; not checked
 * @param weights  one for each name, in their order
 * @param name     of the sum
 * @returns n, mean and variance, covariances counted; the third moment of one or two values. What single units decide
 *   (how many sums are not zero, the largest) moments do not tell
 */
export function weightedSum(moments: Moments, weights: readonly number[], name: string): Moments {
  const { n, mean, comoment } = moments;
  const third = thirdMoment(moments, weights);
  let [sum, m2] = [0, 0];
  weights.forEach((weight, i) => {
    sum += weight * (mean[i] ?? 0);
    for (let j = 0; j <= i; j++)
      m2 += (i === j ? 1 : 2) * weight * (weights[j] ?? 0) * (comoment[packedIndex(i, j)] ?? 0);
  });
  return {
    ...{ n, names: [name], mean: [sum], comoment: [Math.max(0, m2)] },
    ...(third === undefined ? {} : { m3: [third] }),
  };
}
