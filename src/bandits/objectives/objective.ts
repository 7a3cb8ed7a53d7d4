import type { Part } from "../part.js";
import type { Posterior } from "../posterior/posterior.js";

/** A member of the objective family: what is maximised instead of the bare reward. */
export interface Objective extends Part {
  /**
   * Refuses arms that it was not made for, when it is put to a bandit; absent: any will do.
   * @throws ExperimentError at paths within its settings
   */
  meet?(actions: readonly string[]): void;
  /** Beliefs about the objective, given those about the reward. */
  of(posterior: Posterior, actions: readonly string[]): Posterior;
}
