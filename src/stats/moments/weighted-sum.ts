import type { Moments } from "../../core/moments.js";
import { cube, square } from "../../core/powers.js";
import { packedIndex } from "../../linear/index.js";

/** Σ (Σ wᵢ dᵢ)³ over units, d being what a value lies from its mean; undefined where a product of three is not known. */
function thirdMoment(
  { names, m3, mixed3, triple3 }: Moments,
  weights: readonly number[],
): number | undefined {
  const k = names.length;
  if (m3 === undefined || (k > 1 && mixed3 === undefined) || (k > 2 && triple3 === undefined))
    return undefined;
  let [sum, mixedAt, tripleAt] = [0, 0, 0];
  for (let i = 0; i < k; i++) {
    const a = weights[i] ?? 0;
    sum += cube(a) * (m3[i] ?? 0);
    for (let j = 0; j < i; j++) {
      const b = weights[j] ?? 0;
      sum += 3 * square(a) * b * (mixed3?.[mixedAt++] ?? 0);
      sum += 3 * a * square(b) * (mixed3?.[mixedAt++] ?? 0);
      for (let l = 0; l < j; l++) sum += 6 * a * b * (weights[l] ?? 0) * (triple3?.[tripleAt++] ?? 0);
    }
  }
  return sum;
}

/**
 * Moments of a weighted sum of a unit's values, from their joint moments.
 * @param moments  of the values; not checked
 * @param weights  one for each name, in their order
 * @param name     of the sum
 * @returns n, mean and variance, covariances counted; the third moment where all products of three are known. What single units
 *   decide (how many sums are not zero, the largest) moments do not tell
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
