import { beta } from "../random/beta.js";
import type { RandomSource } from "../random/source.js";

/** A family of distributions that an action's expected reward may be believed to have. */
export interface Law {
  mean(parameters: readonly number[]): number;
  sd(parameters: readonly number[]): number;
  draw(random: RandomSource, parameters: readonly number[]): number;
}

const betaLaw: Law = {
  mean: ([a, b]) => a! / (a! + b!),
  sd: ([a, b]) => Math.sqrt((a! * b!) / (a! + b! + 1)) / (a! + b!),
  draw: (random, [a, b]) => beta(random, a!, b!),
};

/** The laws of independent beliefs, by name. */
export const laws = { beta: betaLaw } as const;
