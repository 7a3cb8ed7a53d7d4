import { randomSource } from "../random/source.js";
import { drawBelief } from "./beliefs.js";
import type { Belief } from "./posterior.js";

/** Number of posterior draws behind a counted vector. */
export const DRAWS = 1024;

/**
 * The probability of being best by counting wins among a fixed set of posterior draws: (wins + ½) / (S + k / 2),
 * so that no eligible action has propensity 0.
 * @param belief    what is believed
 * @param actions   number of all actions
 * @param eligible  those compared
 * @param seed      the state's hash: the same state counts the same draws everywhere
 * @returns a probability for each eligible action, in their order, summing to 1
 */
export function drawnProbabilities(
  belief: Belief,
  actions: number,
  eligible: readonly number[],
  seed: string,
): number[] {
  const random = randomSource(seed);
  const scores = new Float64Array(actions);
  const wins = new Array<number>(eligible.length).fill(0.5);
  for (let draw = 0; draw < DRAWS; draw++) {
    drawBelief(belief, random, scores);
    let best = 0;
    for (let j = 1; j < eligible.length; j++) if (scores[eligible[j]!]! > scores[eligible[best]!]!) best = j;
    wins[best]! += 1;
  }
  return wins.map((count) => count / (DRAWS + eligible.length / 2));
}
