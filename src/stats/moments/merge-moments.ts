import type { Moments } from "../../core/moments.js";
import { ExperimentError, mismatched_names, requireArray } from "../../errors/index.js";
import { packedIndex } from "../../linear/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkLists, fitsLists } from "./check-moments.js";
import { mergeDistributions } from "./distribution.js";

/**
 * Moments of two disjoint sets of units taken together; exact up to rounding, and blind to order.
 * @param a  moments of one set
 * @param b  moments of the other, the same names in the same order
 * @returns moments of all units; third moments, nonzero and max are kept when both sides (that have units) carry them
 * @throws ExperimentError `mismatched_names` at ["b", "names"]; `missing_value`, `wrong_type`, `negative_count` or
 *         `wrong_length` at what is not moments; their numbers are not looked at
 * @source Chan, Golub & LeVeque (1983), The American Statistician 37; Pébay (2008), SAND2008-6212
 * @checked test/reference/moments.json — mpmath 1.2.1
 * @example
 * const day = (n: number, mean: number) => ({ n, names: ["spend"], mean: [mean], comoment: [4 * n] });
 * mergeMoments(day(100, 10), day(300, 12)); // { n: 400, names: ["spend"], mean: [11.5], comoment: [1900] }
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (!fitsLists(a)) checkLists(a, ["a"]);
  if (!fitsLists(b)) checkLists(b, ["b"]);
  return mergeChecked(a, b);
}

/** As {@link mergeMoments}, of lists that were checked: see `checkLists`. */
export function mergeChecked(a: Moments, b: Moments): Moments {
  requireSameNames(a, b);
  if (a.n === 0) return b;
  if (b.n === 0) return a;
  return mergeUnits(a, b);
}

function requireSameNames({ names }: Moments, b: Moments): void {
  if (b.names === names) return;
  if (b.names.length !== names.length || names.some((name, i) => name !== b.names[i]))
    throw new ExperimentError({ mismatched_names }, ["b", "names"], b.names.join(", "), {
      known: names.map(String),
    });
}

/** Of the same values, with units on both sides. */
function mergeUnits(a: Moments, b: Moments): Own {
  const names = a.names;
  const k = names.length;
  if (k === 1) return mergedScalars(a, b);
  const n = a.n + b.n;
  const share = b.n / n;
  const third = a.m3;
  const otherThird = b.m3;
  const thirds = third !== undefined && otherThird !== undefined;
  const nonzero =
    a.nonzero && b.nonzero ? a.nonzero.map((count, i) => count + (b.nonzero?.[i] as number)) : undefined;
  const maxima = a.max !== undefined && b.max !== undefined;
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
  const mixed3 = a.mixed3 && b.mixed3 ? mergeMixed(a, b, delta, a.mixed3, b.mixed3) : undefined;
  const triple3 = a.triple3 && b.triple3 ? mergeTriples(a, b, delta, a.triple3, b.triple3) : undefined;
  const sums = {
    ...{ n, names, mean, comoment },
    ...(mixed3 ? { mixed3 } : {}),
    ...(triple3 ? { triple3 } : {}),
    ...(nonzero ? { nonzero } : {}),
  };
  if (!thirds && !maxima) return sums;
  const m2 = (side: Moments, i: number) => side.comoment[packedIndex(i, i)] as number;
  return {
    ...sums,
    ...(thirds
      ? {
          m3: third.map((value, i) =>
            mergeThird(a.n, b.n, delta[i] as number, m2(a, i), m2(b, i), value, otherThird[i] as number),
          ),
        }
      : {}),
    ...(maxima ? { max: (a.max as number[]).map((value, i) => Math.max(value, b.max?.[i] as number)) } : {}),
  };
}

/** Moments whose lists nobody else holds. */
type Own = {
  -readonly [K in keyof Moments]: K extends "names" | "distribution" ? Moments[K] : Mutable<Moments[K]>;
};
type Mutable<T> = T extends readonly number[] ? number[] : T;

/** One value per unit is by far the most frequent case, and reports merge thousands; destructuring would box each number. */
function mergedScalars(a: Moments, b: Moments): Own {
  const both: Own = { n: 0, names: a.names, mean: [0], comoment: [0] };
  if (a.nonzero && b.nonzero) both.nonzero = [0];
  if (a.m3 && b.m3) both.m3 = [0];
  if (a.mixed3 && b.mixed3) both.mixed3 = [];
  if (a.triple3 && b.triple3) both.triple3 = [];
  if (a.distribution && b.distribution)
    both.distribution = mergeDistributions(a.distribution, b.distribution);
  if (a.max && b.max) both.max = [0];
  writeScalars(both, a, b);
  return both;
}

/** @param both  takes the merge of the others; may be `a` itself */
function writeScalars(both: Own, a: Moments, b: Moments): void {
  const mean = a.mean[0] ?? 0;
  const otherMean = b.mean[0] ?? 0;
  const m2 = a.comoment[0] ?? 0;
  const otherM2 = b.comoment[0] ?? 0;
  const n = a.n + b.n;
  const share = b.n / n;
  const d = otherMean - mean;
  if (both.nonzero) both.nonzero[0] = (a.nonzero?.[0] ?? 0) + (b.nonzero?.[0] ?? 0);
  if (both.m3) both.m3[0] = mergeThird(a.n, b.n, d, m2, otherM2, a.m3?.[0] ?? 0, b.m3?.[0] ?? 0);
  if (both.max) both.max[0] = Math.max(a.max?.[0] ?? 0, b.max?.[0] ?? 0);
  both.mean[0] = mean + d * share;
  both.comoment[0] = m2 + otherM2 + d * d * a.n * share;
  both.n = n;
}

/** Many moments that are merged one after the other: the sums of one value per unit are kept in the same few lists. */
export class MergedMoments {
  private sum: Moments;
  /** The same, once its lists are made here. */
  private own: Own | undefined;

  /** @param first  lists that were checked, as those added: see `checkLists` */
  constructor(first: Moments) {
    this.sum = first;
  }

  /** @returns what was added until now; later additions may change it */
  add(b: Moments): Moments {
    const { own, sum } = this;
    if (own && b.n > 0 && sameParts(own, b)) {
      writeScalars(own, own, b);
      return own;
    }
    requireSameNames(sum, b);
    if (sum.n > 0 && b.n > 0) this.sum = this.own = mergeUnits(sum, b);
    else if (sum.n === 0) this.sum = b;
    return this.sum;
  }
}

/** Both of the same one value per unit. */
function sameParts(a: Moments, b: Moments): boolean {
  return (
    a.names.length === 1 &&
    b.names.length === 1 &&
    a.names[0] === b.names[0] &&
    !a.nonzero === !b.nonzero &&
    !a.m3 === !b.m3 &&
    !a.mixed3 === !b.mixed3 &&
    !a.triple3 === !b.triple3 &&
    !a.distribution &&
    !b.distribution &&
    !a.max === !b.max
  );
}

/** What differences of means weigh in third moments of both sides: by themselves, and with each pair's comoment. */
function weighed(a: Moments, b: Moments) {
  const [share, otherShare] = [a.n / (a.n + b.n), b.n / (a.n + b.n)];
  return {
    between: a.n * otherShare * (share - otherShare),
    within(i: number, j: number) {
      const at = packedIndex(i, j);
      return share * (b.comoment[at] ?? 0) - otherShare * (a.comoment[at] ?? 0);
    },
  };
}

/** The mixed third moments of both sides, from each side's own and the differences of their means. */
function mergeMixed(
  a: Moments,
  b: Moments,
  delta: readonly number[],
  own: readonly number[],
  other: readonly number[],
): number[] {
  const { between, within } = weighed(a, b);
  const merge = (at: number, d: number, e: number, dd: number, de: number) =>
    (own[at] as number) + (other[at] as number) + d * d * e * between + e * dd + 2 * d * de;
  const mixed: number[] = [];
  for (let i = 1; i < delta.length; i++)
    for (let j = 0; j < i; j++) {
      const [d, e] = [delta[i] as number, delta[j] as number];
      const both = within(i, j);
      mixed.push(merge(mixed.length, d, e, within(i, i), both));
      mixed.push(merge(mixed.length, e, d, within(j, j), both));
    }
  return mixed;
}

/** The same of every three values. */
function mergeTriples(
  a: Moments,
  b: Moments,
  delta: readonly number[],
  own: readonly number[],
  other: readonly number[],
): number[] {
  const { between, within } = weighed(a, b);
  const triples: number[] = [];
  for (let i = 2; i < delta.length; i++)
    for (let j = 1; j < i; j++)
      for (let l = 0; l < j; l++) {
        const [d, e, f] = [delta[i] ?? 0, delta[j] ?? 0, delta[l] ?? 0];
        const at = triples.length;
        const rest = d * within(j, l) + e * within(i, l) + f * within(i, j);
        triples.push((own[at] ?? 0) + (other[at] ?? 0) + d * e * f * between + rest);
      }
  return triples;
}

/** Σ (x − x̄)³ of both sides, from each side's n, m2 and m3, and the difference d of their means. */
function mergeThird(
  n: number,
  otherN: number,
  d: number,
  m2: number,
  otherM2: number,
  m3: number,
  otherM3: number,
): number {
  const share = n / (n + otherN);
  const otherShare = otherN / (n + otherN);
  return (
    m3 +
    otherM3 +
    d * (d * d * n * otherShare * (share - otherShare) + 3 * (share * otherM2 - otherShare * m2))
  );
}

/**
 * Moments of any number of disjoint sets of units: micro cells into macro.
 * @param list  at least one; the same names in the same order
 * @returns moments of all units, see {@link mergeMoments}
 * @throws ExperimentError `insufficient_data` at ["list"] for an empty list; as {@link mergeMoments}
 * @example
 * const day = (n: number, mean: number) => ({ n, names: ["spend"], mean: [mean], comoment: [4 * n] });
 * mergeAll([day(100, 10), day(300, 12), day(200, 11)]);
 * // { n: 600, names: ["spend"], mean: [11.33], comoment: [2733] }
 */
export function mergeAll(list: readonly Moments[]): Moments {
  requireArray(list, ["list"]);
  requireUnits(list.length, ["list"], 1);
  list.forEach((moments, i) => {
    if (!fitsLists(moments)) checkLists(moments, ["list", i]);
  });
  let merged: MergedMoments | undefined;
  return list.reduce((first, other) => (merged ??= new MergedMoments(first)).add(other));
}
