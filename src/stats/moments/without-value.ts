import type { ScalarMoments } from "../../core/moments.js";
import { cube, square } from "../../core/powers.js";

/**
 * Takes one unit out of an arm again, by Chan's formula backwards.
 * @param moments  n ≥ 2; not checked
 * @param value    the unit's value, one of those that the moments are of
 * @returns moments of the other units; what depends on values that are no longer known (`max`) is left out
 */
export function withoutValue(moments: ScalarMoments, value: number): ScalarMoments {
  const { n, mean, m2, m3, nonzero } = moments;
  const left = n - 1;
  const rest = mean - (value - mean) / left;
  const delta = value - rest;
  const second = Math.max(0, m2 - (square(delta) * left) / n);
  return {
    n: left,
    mean: rest,
    m2: second,
    ...(m3 === undefined
      ? {}
      : { m3: m3 - (cube(delta) * left * (left - 1)) / (n * n) + (3 * delta * second) / n }),
    ...(nonzero === undefined ? {} : { nonzero: value === 0 ? nonzero : nonzero - 1 }),
  };
}
