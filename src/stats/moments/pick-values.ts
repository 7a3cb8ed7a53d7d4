import type { Moments } from "../../core/moments.js";
import { packedIndex } from "../../linear/index.js";

/** Mixed third moments of values that change places: `at[i]` is where the i-th stood. */
function mixedInOrder(mixed3: readonly number[], at: readonly number[]): number[] {
  const squared = (i: number, j: number) =>
    mixed3[i > j ? i * (i - 1) + 2 * j : j * (j - 1) + 2 * i + 1] ?? 0;
  return at.flatMap((a, i) => at.slice(0, i).flatMap((b) => [squared(a, b), squared(b, a)]));
}

/** The same of moments of three values. */
function triplesInOrder(triple3: readonly number[], at: readonly number[]): number[] {
  const product = (...three: readonly number[]) => {
    const [l = 0, j = 0, i = 0] = [...three].sort((a, b) => a - b);
    return triple3[(i * (i - 1) * (i - 2)) / 6 + (j * (j - 1)) / 2 + l] ?? 0;
  };
  return at.flatMap((a, i) => at.slice(0, i).flatMap((b, j) => at.slice(0, j).map((c) => product(a, b, c))));
}

/**
 * The moments of some of a unit's values, in another order.
 * @param moments  not checked
 * @param at       places of the values that are wanted, each once
 */
export function pickValues(moments: Moments, at: readonly number[]): Moments {
  const { n, names, mean, comoment, m3, mixed3, triple3, nonzero, max } = moments;
  const pick = <T>(list: readonly T[]): T[] => at.flatMap((i) => list.slice(i, i + 1));
  return {
    ...{ n, names: pick(names), mean: pick(mean) },
    comoment: at.flatMap((a, i) => at.slice(0, i + 1).map((b) => comoment[packedIndex(a, b)] ?? 0)),
    ...(m3 ? { m3: pick(m3) } : {}),
    ...(mixed3 && at.length > 1 ? { mixed3: mixedInOrder(mixed3, at) } : {}),
    ...(triple3 && at.length > 2 ? { triple3: triplesInOrder(triple3, at) } : {}),
    ...(nonzero ? { nonzero: pick(nonzero) } : {}),
    ...(max ? { max: pick(max) } : {}),
  };
}
