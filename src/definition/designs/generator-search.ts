import { powerOfTwo } from "../../core/powers.js";
import { bitCount } from "./bit-count.js";

/** Numbers of words of length 3, 4 … of the fraction whose columns are these products of base factors. */
function shortWords(columns: readonly number[]): number[] {
  const present = new Set(columns);
  const pairs = new Map<number, number>();
  let threes = 0;
  for (let i = 0; i < columns.length; i++)
    for (let j = i + 1; j < columns.length; j++) {
      const product = (columns[i] as number) ^ (columns[j] as number);
      if (present.has(product)) threes += 1;
      pairs.set(product, (pairs.get(product) ?? 0) + 1);
    }
  let fours = 0;
  for (const count of pairs.values()) fours += (count * (count - 1)) / 2;
  return [threes / 3, fours / 3];
}

/** All words, from length 5 on, by their length. */
function longWords(generated: readonly number[], longest: number): number[] {
  const lengths = new Array<number>(longest + 1).fill(0);
  for (let subset = 1, end = powerOfTwo(generated.length), mask = 0, chosen = 0; subset < end; subset++) {
    const bit = 31 - Math.clz32(subset & -subset);
    chosen ^= 1 << bit;
    mask ^= generated[bit] as number;
    const length = bitCount(chosen) + bitCount(mask);
    lengths[length] = (lengths[length] as number) + 1;
  }
  return lengths.slice(5);
}

function better(a: readonly number[], b: readonly number[]): boolean {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i >= 0 && (a[i] as number) < (b[i] as number);
}

/**
 * Generators of a fraction with few short words (small aberration), by exchanges from several starts.
 * @param base       number of base factors
 * @param generated  number of factors to generate, at most 2^base - 1 - base
 * @returns for each generated factor the base factors whose product it is, as bits
 * @source Fries & Hunter (1980), Technometrics 22 (minimum aberration)
 */
export function smallAberrationGenerators(base: number, generated: number): number[] {
  const units = Array.from({ length: base }, (_, i) => 1 << i);
  const candidates = Array.from({ length: powerOfTwo(base) }, (_, mask) => mask)
    .filter((mask) => bitCount(mask) >= 2)
    .sort((a, b) => bitCount(b) - bitCount(a) || a - b);
  const cost = (chosen: readonly number[]): number[] => [
    ...shortWords([...units, ...chosen]),
    ...(chosen.length <= 8 ? longWords(chosen, base + generated) : []),
  ];
  let best: number[] = [];
  let least: number[] = [Number.POSITIVE_INFINITY];
  // Products of odd numbers of base factors have no words of length 3; without them only longer words are left to weigh.
  const odd = candidates.filter((mask) => bitCount(mask) % 2 === 1);
  for (const pool of [candidates, ...(odd.length >= generated ? [odd] : [])])
    for (const first of pool.slice(0, base > 7 ? 2 : 12)) {
      const { chosen, words } = exchanged(pool, first, generated, cost);
      if (better(words, least)) [best, least] = [chosen, words];
    }
  return best.sort((a, b) => bitCount(a) - bitCount(b) || a - b);
}

type Cost = (chosen: readonly number[]) => number[];

/** Adds the best candidate until there are enough, then replaces one by one as long as that helps. */
function exchanged(
  candidates: readonly number[],
  first: number,
  size: number,
  cost: Cost,
): { chosen: number[]; words: number[] } {
  const chosen = [first];
  while (chosen.length < size) chosen.push(bestAt(candidates, chosen, chosen.length, cost).mask);
  let current = cost(chosen);
  for (let improved = true; improved; ) {
    improved = false;
    for (let i = 0; i < size; i++) {
      const { mask, words } = bestAt(candidates, chosen, i, cost);
      if (!better(words, current)) continue;
      chosen[i] = mask;
      current = words;
      improved = true;
    }
  }
  return { chosen, words: current };
}

/** The candidate that makes the best set when it takes place i. */
function bestAt(
  candidates: readonly number[],
  chosen: readonly number[],
  i: number,
  cost: Cost,
): { mask: number; words: number[] } {
  let best = -1;
  let least: number[] = [Number.POSITIVE_INFINITY];
  for (const mask of candidates) {
    if (chosen.some((other, at) => at !== i && other === mask)) continue;
    const set = [...chosen];
    set[i] = mask;
    const words = cost(set);
    if (best < 0 || better(words, least)) [best, least] = [mask, words];
  }
  return { mask: best, words: least };
}
