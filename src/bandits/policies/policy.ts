import type { RandomSource } from "../../random/index.js";
import type { Part } from "../part.js";
import type { Posterior } from "../posterior/posterior.js";
import type { Sharpest } from "./sharpness-limits.js";

/** What a policy may look at when it forms a probability vector. */
export interface View {
  /** Indices of the actions that may be chosen, ascending; at least one. */
  readonly eligible: readonly number[];
  /** The definition's planned share of each action. */
  readonly shares: readonly number[];
  /** Rewards learned so far. */
  readonly rewards: number;
  /** How sharply the reward model may be believed on the way to a horizon. */
  readonly sharpest: Sharpest;
  /** Hash of the state; seeds whatever has to be drawn. */
  readonly seed: string;
  /** The reward model's posterior for this context; `sharpness` multiplies the weight of the data, default 1. */
  posterior(sharpness?: number): Posterior;
}

/** A member of the policy family: from beliefs to a probability for each eligible action. */
export interface Policy extends Part {
  /** @returns a probability for each eligible action, in their order, summing to 1 */
  probabilities(view: View): number[];
  /** Sharpness with which one posterior draw has the law of `probabilities`; absent: there is no such draw. */
  sharpness?(view: Pick<View, "rewards" | "sharpest">, random: RandomSource): number;
}
