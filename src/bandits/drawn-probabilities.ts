import { type RandomSource, randomSource } from "../random/source.js";
import { drawBelief } from "./beliefs.js";
import type { Belief } from "./posterior.js";

/** Number of posterior draws behind a counted vector. */
export const DRAWS = 1024;

/**
 * The probability of being best by counting wins among a fixed set of posterior draws: (wins + ½) / (S + k / 2),
 * so that no place has propensity 0. As the action is drawn from what was counted, the recorded propensity is true even
 * where `bestOf` misses a draw's best.
 * @param places  number of eligible actions, k
 * @param seed    the state's hash: the same state counts the same draws everywhere
 * @param bestOf  the place of the next draw's best
 * @returns a probability for each place, summing to 1
 */
export function countedProbabilities(
  places: number,
  seed: string,
  bestOf: (random: RandomSource) => number,
): number[] {
  const random = randomSource(seed);
  const wins = new Array<number>(places).fill(0.5);
  for (let draw = 0; draw < DRAWS; draw++) wins[bestOf(random)]! += 1;
  return wins.map((count) => count / (DRAWS + places / 2));
}

/**
 * {@link countedProbabilities} of a belief, every draw's best looked up among all eligible actions.
 * @param belief    what is believed
 * @param actions   number of all actions
 * @param eligible  those compared
 * @param seed      the state's hash
 * @returns a probability for each eligible action, in their order, summing to 1
 */
export function drawnProbabilities(
  belief: Belief,
  actions: number,
  eligible: readonly number[],
  seed: string,
): number[] {
  const scores = new Float64Array(actions);
  return countedProbabilities(eligible.length, seed, (random) => {
    drawBelief(belief, random, scores);
    let best = 0;
    for (let j = 1; j < eligible.length; j++) if (scores[eligible[j]!]! > scores[eligible[best]!]!) best = j;
    return best;
  });
}
