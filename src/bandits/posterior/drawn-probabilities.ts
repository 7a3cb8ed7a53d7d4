import { square } from "../../core/powers.js";
import { type RandomSource, randomSource } from "../../random/source.js";
import { drawBelief } from "./beliefs.js";
import type { Belief } from "./posterior.js";

/** Number of posterior draws behind a counted vector. */
export const DRAWS = 1024;

/**
 * Probabilities from counted wins: (wins + ε) / (S + kε), where ε is ½ for up to 16 actions and ½ (16/k)² for more.
 * So no action has propensity 0, and what many actions get without having won stays below 1 %; with ½ throughout, 48
 * actions would lose 2 % of the traffic to it, and 4,096 two thirds.
 * @param wins  draws in which each action was the best
 * @returns a probability for each action, summing to 1
 */
export function sharesOfWins(wins: readonly number[]): number[] {
  const k = wins.length;
  const extra = 0.5 * Math.min(1, square(16 / k));
  return wins.map((count) => (count + extra) / (DRAWS + k * extra));
}

/**
 * The probability of being best by counting wins among a fixed set of posterior draws; see
 * {@link sharesOfWins}. As the action is drawn from what was counted, the recorded propensity is true even
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
  const wins = new Array<number>(places).fill(0);
  for (let draw = 0; draw < DRAWS; draw++) wins[bestOf(random)]! += 1;
  return sharesOfWins(wins);
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
