import type { Part } from "../part.js";
import type { Posterior } from "../posterior/posterior.js";

/** A member of the objective family: what is maximised instead of the bare reward. */
export interface Objective extends Part {
  /** Beliefs about the objective, given those about the reward. */
  of(posterior: Posterior, actions: readonly string[]): Posterior;
}
