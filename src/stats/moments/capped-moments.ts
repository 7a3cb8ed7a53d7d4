import type { Moments } from "../../core/moments.js";
import { packedIndex } from "../../linear/index.js";

/** The values in each mixed third moment, and in each of three values. */
const pairsOf = (k: number): readonly (readonly number[])[] =>
  Array.from({ length: k }, (_, i) => Array.from({ length: 2 * i }, (_, j) => [i, Math.floor(j / 2)])).flat();
const triplesOf = (k: number): readonly (readonly number[])[] =>
  Array.from({ length: k }, (_, i) =>
    Array.from({ length: i }, (_, j) => Array.from({ length: j }, (_, l) => [i, j, l])).flat(),
  ).flat();

/**
 * Moments of units once one of their values is the same for all of them.
 * @param moments  of the units as they are; not checked
 * @param at       which value
 * @param cap      what it becomes
 * @returns their moments; products with it are zero
 */
export function cappedMoments(moments: Moments, at: number, cap: number): Moments {
  const { n, names, mean, comoment, m3, mixed3, triple3, nonzero, max } = moments;
  const with_ = (list: readonly number[], value: number) => list.map((each, i) => (i === at ? value : each));
  const without = (list: readonly number[], factors: readonly (readonly number[])[]) =>
    list.map((each, i) => (factors[i]?.includes(at) ? 0 : each));
  const own = new Set(names.map((_, i) => packedIndex(i, at)));
  return {
    ...{ n, names, mean: with_(mean, cap) },
    comoment: comoment.map((each, i) => (own.has(i) ? 0 : each)),
    ...(m3 ? { m3: with_(m3, 0) } : {}),
    ...(mixed3 ? { mixed3: without(mixed3, pairsOf(names.length)) } : {}),
    ...(triple3 ? { triple3: without(triple3, triplesOf(names.length)) } : {}),
    ...(nonzero ? { nonzero: with_(nonzero, cap === 0 ? 0 : n) } : {}),
    ...(max ? { max: with_(max, cap) } : {}),
  };
}
