import type { Fields, FieldsType } from "../../../shapes/index.js";
import type { Marginal } from "../../../stats/bayes/quadrature/largest-probabilities.js";
import { orNull, properFraction } from "../../setting-shapes.js";

const sum = { kind: "number", atLeast: 0 } as const;

/**
 * What a past experiment learned, and how far it is doubted: the prior of each arm is a mixture of an informed part and a
 * vague one, whose weights the rewards themselves decide (a robust meta-analytic-predictive prior).
 */
export const historySettings = {
  history: orNull({ kind: "list", of: { kind: "tuple", of: [sum, sum] } }),
  vague: properFraction,
} as const satisfies Fields;

/** A past experiment's sums, one block an arm (arms without one start vague), and how far they are doubted. */
export type RobustHistory = FieldsType<typeof historySettings>;

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
