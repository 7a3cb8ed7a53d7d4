import type { Moments } from "../../core/moments.js";
import { packedIndex } from "../../linear/index.js";

/**
 * Moments of units once one of their values is the same for all of them.
 * @param moments  of the units as they are; not checked
 * @param at       which value
 * @param cap      what it becomes
 * @returns their moments; mixed third moments, which all involve it where there are two values, are zero
 */
export function cappedMoments(moments: Moments, at: number, cap: number): Moments {
  const { n, names, mean, comoment, m3, mixed3, nonzero, max } = moments;
  const with_ = (list: readonly number[], value: number) => list.map((each, i) => (i === at ? value : each));
  const own = new Set(names.map((_, i) => packedIndex(i, at)));
  return {
    ...{ n, names, mean: with_(mean, cap) },
    comoment: comoment.map((each, i) => (own.has(i) ? 0 : each)),
    ...(m3 ? { m3: with_(m3, 0) } : {}),
    ...(mixed3 ? { mixed3: mixed3.map(() => 0) } : {}),
    ...(nonzero ? { nonzero: with_(nonzero, cap === 0 ? 0 : n) } : {}),
    ...(max ? { max: with_(max, cap) } : {}),
  };
}
