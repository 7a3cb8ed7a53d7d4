import type { Part } from "../part.js";

/** What a constraint may look at. */
export interface Limits {
  /** Indices of the actions that may be chosen, ascending. */
  readonly eligible: readonly number[];
  /** Keys of all actions. */
  readonly actions: readonly string[];
  /** Index of the control arm. */
  readonly control: number;
}

/** A member of the constraint family: what an organisation demands of the probabilities. */
export interface Constraint extends Part {
  /**
   * Refuses arms that it was not made for, when it is put to a bandit; absent: any will do.
   * @throws ExperimentError at paths within its settings
   */
  meet?(actions: readonly string[]): void;
  /** @returns the probabilities of the eligible actions, in their order, made to satisfy the constraint */
  apply(probabilities: number[], limits: Limits): number[];
}
