import type { Part } from "../part.js";

/** What a constraint may look at. */
export interface Limits {
  /** Indices of the actions that may be chosen, ascending. */
  readonly eligible: readonly number[];
  /** Keys of all actions. */
  readonly actions: readonly string[];
  /** Index of the control arm. */
  readonly control: number;
  /** Rewards learned so far. */
  readonly rewards: number;
}

/** ShareBounds of the probabilities of the eligible actions, in their order. */
export interface ShareBounds {
  /** Smallest probability of each; absent: 0. */
  readonly least?: readonly number[];
  /** Largest probability of each; absent: 1. An action of which nothing is allowed counts as not eligible. */
  readonly most?: readonly number[];
}

/** A demand on the probabilities, as bounds of each; {@link constraint} makes it a part of a bandit. */
export interface Demand extends Part {
  /**
   * Refuses arms that it was not made for, when it is put to a bandit; absent: any will do.
   * @throws ExperimentError at paths within its settings
   */
  meet?(actions: readonly string[]): void;
  /**
   * Mixes something into the policy's vector, before the bounds are kept; absent: nothing.
   * @returns probabilities of the eligible actions, in their order, summing to 1
   */
  mix?(probabilities: readonly number[], limits: Limits): readonly number[];
  /** @returns what it demands of the actions that may be chosen */
  bounds(limits: Limits): ShareBounds;
}

/** A member of the constraint family: what an organisation demands of the probabilities. */
export interface Constraint extends Demand {
  /**
   * Puts a vector under all constraints of a bandit at once. Every constraint brings this along, so that pages without
   * constraints do without it.
   * @returns the probabilities of the eligible actions, in their order
   * @throws ExperimentError `constraints_clash` at ["constraints"] where no vector keeps all of them
   */
  hold(probabilities: readonly number[], constraints: readonly Demand[], limits: Limits): readonly number[];
}
