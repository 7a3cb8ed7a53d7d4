import { ExperimentError, out_of_range } from "../../../errors/index.js";
import type { Marginal } from "../../posterior/best-probabilities.js";
import type { Sums } from "../reward-model.js";

/**
 * What a past experiment learned, and how far it is doubted: the prior of each arm is a mixture of an informed part and a
 * vague one, whose weights the rewards themselves decide (a robust meta-analytic-predictive prior).
 */
export interface RobustHistory {
  /** Past sums, one block an arm; arms without one start vague. Default null: no history. */
  readonly history?: Sums | null;
  /** Prior probability that an arm's history does not apply, in (0, 1); default 0.5. */
  readonly vague?: number;
}

/**
 * The settings, checked.
 * @param width  numbers in a block
 * @throws ExperimentError `out_of_range` at ["vague"] or ["history", arm, place]
 */
export function robustSettings({ history = null, vague = 0.5 }: RobustHistory, width: number) {
  if (!(vague > 0 && vague < 1)) throw new ExperimentError({ out_of_range }, ["vague"], vague);
  const known = history ?? [];
  known.forEach((block, arm) => {
    for (let i = 0; i < Math.max(width, block.length); i++)
      if (i >= width || !(block[i]! >= 0 && block[i]! < 1 / 0))
        throw new ExperimentError({ out_of_range }, ["history", arm, i], block[i]);
  });
  return { history: known, vague };
}

/**
 * Posterior probability of the informed part.
 * @param vague  prior probability of the vague part
 * @param gain   log of how much likelier the rewards are under the informed part
 */
export const informedWeight = (vague: number, gain: number): number =>
  1 / (1 + (vague / (1 - vague)) * Math.exp(-gain));

/** A density that is not normalised, and the log of its integral. */
export interface Measured extends Marginal {
  readonly logArea: number;
}

/** The density of a mixture, in the coordinate of both parts. */
export function mixedMarginal(weight: number, informed: Measured, vague: Measured): Marginal {
  const [one, other] = [weight * Math.exp(-informed.logArea), (1 - weight) * Math.exp(-vague.logArea)];
  // A part that weighs next to nothing would only add panels.
  if (weight < 1e-12) return vague;
  if (weight > 1 - 1e-12) return informed;
  return {
    edges: [...new Set([...informed.edges, ...vague.edges])].sort((a, b) => a - b),
    density: (t) => one * informed.density(t) + other * vague.density(t),
  };
}
