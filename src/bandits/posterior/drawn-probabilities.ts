import { square } from "../../core/powers.js";
import type { Sfc32 } from "../../random/hot-loops/index.js";
import { samplerOf } from "./beliefs.js";
import { drawStreams } from "./draw-stream.js";
import type { Sampler } from "./laws/law.js";
import type { Belief, Posterior } from "./posterior.js";

/** Number of posterior draws behind a counted vector. */
export const DRAWS = 1024;

/** What each of k actions gets beside its wins: ½ for up to 16, ½ (16/k)² for more. */
const extraOf = (k: number): number => 0.5 * Math.min(1, square(16 / k));

/**
 * Probabilities from counted wins: (wins + ε) / (S + kε), where ε is ½ for up to 16 actions and ½ (16/k)² for more.
 * So no action has propensity 0, and what many actions get without having won stays below 1 %; with ½ throughout, 48
 * actions would lose 2 % of the traffic to it, and 4,096 two thirds.
 * @param wins  draws in which each action was the best
 * @returns a probability for each action, summing to 1
 */
export function sharesOfWins(wins: readonly number[]): number[] {
  const extra = extraOf(wins.length);
  return wins.map((count) => (count + extra) / (DRAWS + wins.length * extra));
}

/**
 * One action from a counted vector without counting it: any action alike with the probability that the vector gives to all
 * alike, otherwise the best of one draw of the fixed set.
 * @param k       number of eligible actions
 * @param random  chance of the occasion
 * @param bestOf  the place of the best of a draw, by the draw's number
 * @returns a place, with exactly the probability that {@link sharesOfWins} gives it
 */
export function drawnFromWins(k: number, random: Sfc32, bestOf: (draw: number) => number): number {
  const alike = k * extraOf(k);
  const at = random.next() * (DRAWS + alike) - alike;
  // The last place of all is a sum that rounding may have made whole.
  return at < 0 ? Math.floor(random.next() * k) : bestOf(Math.min(DRAWS - 1, Math.floor(at)));
}

/** How a counted vector comes about, all of it or one action of it. */
export interface Counted extends Pick<Posterior, "best"> {
  quick(eligible: readonly number[], seed: string, random: Sfc32): number;
}

/**
 * The probability of being best by counting wins among a fixed set of posterior draws; see {@link sharesOfWins}. As the
 * action is drawn from what was counted, the recorded propensity is true even where `bestOf` misses a draw's best.
 * @param bestOf  the place of a draw's best among the eligible, from the draw's own stream and nothing else
 * @returns the vector, and one action of it
 */
export function counted(bestOf: (random: Sfc32, eligible: readonly number[]) => number): Counted {
  return {
    best(eligible, seed) {
      const streamOf = drawStreams(seed);
      const wins = new Array<number>(eligible.length).fill(0);
      for (let draw = 0; draw < DRAWS; draw++) wins[bestOf(streamOf(draw), eligible)]! += 1;
      return sharesOfWins(wins);
    },
    quick(eligible, seed, random) {
      const streamOf = drawStreams(seed);
      return drawnFromWins(eligible.length, random, (draw) => bestOf(streamOf(draw), eligible));
    },
  };
}

/**
 * {@link counted} for draws of a belief, every draw's best looked up among all eligible actions.
 * @param belief   what is believed
 * @param actions  number of all actions
 */
export function countedBelief(belief: Belief, actions: number): Counted {
  const scores = new Float64Array(actions);
  let draw: Sampler | undefined;
  return counted((random, eligible) => {
    draw ??= samplerOf(belief);
    draw(random, scores);
    let best = 0;
    for (let j = 1; j < eligible.length; j++) if (scores[eligible[j]!]! > scores[eligible[best]!]!) best = j;
    return best;
  });
}
