import type { Moments } from "../../core/moments.js";
import { packedIndex } from "../../linear/index.js";

/** @returns the moments of a unit's first values, without those of the others; the same where there are no others */
export function firstValues(moments: Moments, count: number): Moments {
  const { n, names, mean, comoment, m3, mixed3, triple3, nonzero, max } = moments;
  if (names.length === count) return moments;
  const first = <T>(list: readonly T[]) => list.slice(0, count);
  return {
    ...{ n, names: first(names), mean: first(mean), comoment: comoment.slice(0, packedIndex(count, 0)) },
    ...(m3 ? { m3: first(m3) } : {}),
    ...(mixed3 && count > 1 ? { mixed3: mixed3.slice(0, count * (count - 1)) } : {}),
    ...(triple3 && count > 2 ? { triple3: triple3.slice(0, (count * (count - 1) * (count - 2)) / 6) } : {}),
    ...(nonzero ? { nonzero: first(nonzero) } : {}),
    ...(max ? { max: first(max) } : {}),
  };
}
