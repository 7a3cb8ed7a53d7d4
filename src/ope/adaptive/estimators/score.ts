import type { AdaptiveRound } from "./adaptive-estimator.js";

/** The chance that a round had of playing an arm; 0 where it was not up for choice. */
export const chanceOf = ({ vector, propensity, arm }: AdaptiveRound, wanted: number): number =>
  vector ? (vector[wanted] as number) : wanted === arm ? propensity : Number.NaN;

/** What a round says of an arm: what was expected of it, corrected by the reward where it was played. */
export function armScore({ arm, reward, expected, propensity }: AdaptiveRound, wanted: number): number {
  const own = expected[wanted] as number;
  return wanted === arm ? own + (reward - own) / propensity : own;
}
