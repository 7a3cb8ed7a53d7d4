import { insufficient_data, mismatched_names } from "../../core/errors.js";
import { ExperimentError } from "../../core/experiment-error.js";
import type { Moments } from "../../core/moments.js";
import { packedIndex } from "../../linear/symmetric.js";

/**
 * Moments of two disjoint sets of units taken together; exact up to rounding, and blind to order.
 * @param a  moments of one set
 * @param b  moments of the other, the same names in the same order
 * @returns moments of all units; m3 and max are kept when both sides (that have units) carry them
 * @throws ExperimentError `mismatched_names` at ["b", "names"]
 * @source Chan, Golub & LeVeque (1983), The American Statistician 37; Pébay (2008), SAND2008-6212
 * @checked test/reference/moments.json — mpmath 1.2.1
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const names = a.names;
  const k = names.length;
  if (b.names !== names && (b.names.length !== k || names.some((name, i) => name !== b.names[i])))
    throw new ExperimentError({ mismatched_names }, ["b", "names"], b.names.join(", "));
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  const n = a.n + b.n;
  const share = b.n / n;
  if (k === 1 && !(a.m3 && b.m3) && !(a.max && b.max)) {
    // One value a unit is by far the most frequent case, and reports merge thousands.
    const d = (b.mean[0] as number) - (a.mean[0] as number);
    const within = (a.comoment[0] as number) + (b.comoment[0] as number);
    return { n, names, mean: [(a.mean[0] as number) + d * share], comoment: [within + d * d * a.n * share] };
  }
  const mean = new Array<number>(k);
  const delta = new Array<number>(k);
  const comoment = new Array<number>((k * (k + 1)) / 2);
  let at = 0;
  for (let i = 0; i < k; i++) {
    const d = (delta[i] = (b.mean[i] as number) - (a.mean[i] as number));
    mean[i] = (a.mean[i] as number) + d * share;
    for (let j = 0; j <= i; j++, at++)
      comoment[at] =
        (a.comoment[at] as number) + (b.comoment[at] as number) + d * (delta[j] as number) * a.n * share;
  }
  const merged = { n, names, mean, comoment };
  const [third, otherThird] = [a.m3, b.m3];
  const [max, otherMax] = [a.max, b.max];
  if (!(third && otherThird) && !(max && otherMax)) return merged;
  return {
    ...merged,
    ...(third && otherThird
      ? {
          m3: third.map((value, i) => {
            const d = delta[i] as number;
            const diagonal = packedIndex(i, i);
            return (
              value +
              (otherThird[i] as number) +
              d * d * d * a.n * share * ((a.n - b.n) / n) +
              3 *
                d *
                ((a.n / n) * (b.comoment[diagonal] as number) - share * (a.comoment[diagonal] as number))
            );
          }),
        }
      : {}),
    ...(max && otherMax ? { max: max.map((value, i) => Math.max(value, otherMax[i] as number)) } : {}),
  };
}

/**
 * Moments of any number of disjoint sets of units: micro cells into macro.
 * @param list  at least one; the same names in the same order
 * @returns moments of all units, see {@link mergeMoments}
 * @throws ExperimentError `insufficient_data` at ["list"] for an empty list; `mismatched_names`
 */
export function mergeAll(list: readonly Moments[]): Moments {
  const first = list[0];
  if (!first) throw new ExperimentError({ insufficient_data }, ["list"], 0);
  let all = first;
  for (let i = 1; i < list.length; i++) all = mergeMoments(all, list[i] as Moments);
  return all;
}
