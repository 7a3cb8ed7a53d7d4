import type { RandomSource } from "../../random/source.js";

/** Up to this many combinations a draw's best is looked up among all of them; beyond, it is climbed to. */
export const ENUMERATED = 2000;
/** Climbs start from the best few of the latest winners, … */
const REMEMBERED = 64;
const WINNER_STARTS = 4;
/** … and from random places; … */
const RANDOM_STARTS = 12;
/** … the best of their ends are tried with moves of two factors. */
const POLISHED = 3;

/** A change of one factor, or of two. */
export interface Move {
  /** Place among all moves of the ascent, singles first. */
  readonly index: number;
  /** Indices of the factors that change. */
  readonly changed: readonly number[];
  /** By place among the eligible: the places it leads to from there, itself included. */
  readonly to: readonly (readonly number[])[];
}

/** Moves that change one factor, and moves that change two. */
export interface Ascent {
  readonly singles: readonly Move[];
  readonly doubles: readonly Move[];
}

/** Score of a place; given a move, only that part of it which the move can change. */
export type Score = (place: number, move?: Move) => number;

/**
 * Which moves lead from an eligible combination to another. A move to what does not exist, is forbidden or is not
 * eligible is no move.
 * @param levels    by arm: the index of each factor's level
 * @param eligible  arms compared
 * @returns the moves; undefined where looking at every combination is better: few of them, fewer than three factors,
 *          or less than half of the full design, in which single moves lead nowhere
 */
export function ascentOf(
  levels: readonly (readonly number[])[],
  eligible: readonly number[],
): Ascent | undefined {
  const factors = [...(levels[0] ?? []).keys()];
  if (eligible.length <= ENUMERATED || factors.length < 3) return undefined;
  let full = 1;
  const strides = factors.map((factor) => {
    const stride = full;
    full *= 1 + Math.max(...levels.map((of) => of[factor]!));
    return stride;
  });
  if (full > 2 * eligible.length) return undefined;
  let index = 0;
  const moveThat = (changed: readonly number[]): Move => {
    const kept = factors.filter((factor) => !changed.includes(factor));
    const reached = new Map<number, number[]>();
    const to = eligible.map((arm, place) => {
      let key = 0;
      for (const factor of kept) key += strides[factor]! * levels[arm]![factor]!;
      const places = reached.get(key) ?? [];
      if (places.push(place) === 1) reached.set(key, places);
      return places;
    });
    return { index: index++, changed, to };
  };
  return {
    singles: factors.map((factor) => moveThat([factor])),
    doubles: factors.flatMap((factor) => factors.slice(0, factor).map((other) => moveThat([other, factor]))),
  };
}

/** {@link ascentOf} for arms that do not change; the moves among the last eligible set are kept. */
export function ascents(
  levels: readonly (readonly number[])[],
): (eligible: readonly number[]) => Ascent | undefined {
  let known: readonly number[] = [];
  let ascent: Ascent | undefined;
  return (eligible) => {
    if (eligible.length !== known.length || eligible.some((arm, i) => arm !== known[i])) {
      known = eligible;
      ascent = ascentOf(levels, eligible);
    }
    return ascent;
  };
}

/** The place from which no move improves the score, making each move to where it leads best. */
export function climb(moves: readonly Move[], start: number, score: Score): number {
  let best = start;
  for (let i = 0, settled = 0; settled < moves.length; i = (i + 1) % moves.length) {
    const move = moves[i]!;
    const before = best;
    let top = score(before, move);
    const reached = move.to[before]!;
    for (let j = 0; j < reached.length; j++) {
      const place = reached[j]!;
      if (place === before) continue;
      const value = score(place, move);
      if (value > top) {
        best = place;
        top = value;
      }
    }
    settled = best === before ? settled + 1 : 1;
  }
  return best;
}

/** The places with the highest scores, highest first. */
function highestOf(places: readonly number[], score: Score, count: number): number[] {
  const scores = new Map(places.map((place) => [place, score(place)]));
  return [...places].sort((x, y) => scores.get(y)! - scores.get(x)!).slice(0, count);
}

/**
 * A search for the best of one draw after another by coordinate ascent from the best of the latest winners and from
 * random places; where the best climbs end, moves of two factors are tried. It remembers winners, so the same sequence
 * of draws gives the same results.
 * @param ascent  moves of one and of two factors
 * @param mean    score of the posterior mean; its best is where the first climb starts
 * @returns a function from a draw's scores to the best place found
 */
export function ascentSearch(
  { singles, doubles }: Ascent,
  mean: Score,
): (score: Score, random: RandomSource) => number {
  const places = singles[0]!.to.length;
  let first = 0;
  for (let place = 1; place < places; place++) if (mean(place) > mean(first)) first = place;
  const winners = [first];
  return (score, random) => {
    const ends = new Map<number, number>();
    const from = (place: number) => {
      const end = climb(singles, place, score);
      if (!ends.has(end)) ends.set(end, score(end));
    };
    for (const place of highestOf(winners, score, WINNER_STARTS)) from(place);
    for (let i = 0; i < RANDOM_STARTS; i++) from(Math.floor(random.next() * places));
    const highest = highestOf([...ends.keys()], (place) => ends.get(place)!, POLISHED);
    let best = highest[0]!;
    for (const end of highest) {
      const place = climb(doubles, end, score);
      if (score(place) > score(best)) best = place;
    }
    if (!winners.includes(best)) {
      winners.unshift(best);
      winners.length = Math.min(winners.length, REMEMBERED);
    }
    return best;
  };
}
