import type { DecidedOccasion } from "../core/decided-occasion.js";

/**
 * What a policy chose for one occasion of a unit, with everything needed to prove later that it helped.
 * Record it where it was made; the reward refers to it by `id`.
 */
export interface Decision<V extends string = string, P = unknown> extends DecidedOccasion {
  /** Key of the chosen arm. */
  readonly variant: V;
  /** What the application shows: the variant's payload. */
  readonly payload: P;
  /** `"sticky"`: the unit kept the variant that it had, and nothing was drawn. */
  readonly reason: "decided" | "sticky";
  /** The chosen level of every factor; `{ variant }` for a plain experiment. */
  readonly action: Readonly<Record<string, string>>;
  /** Probability with which the action was chosen, in (0, 1]. */
  readonly propensity: number;
  /** Keys of all actions, in the order of `probabilities`; absent where those are. */
  readonly actions?: readonly string[];
  /**
   * Probability of each action; sums to 1; 0 for an action that was not eligible. Absent where a long vector was not asked
   * for: the state of that hash gives it back.
   */
  readonly probabilities?: readonly number[];
  /** Keys of the actions that were eligible, where not all were and no probabilities say so. */
  readonly eligible?: readonly string[];
  readonly policy: string;
  /** Hash of the state's content. */
  readonly stateHash: string;
}

/** A decision as logs hold it: the definition gives the payload back, and the action says which variant it is. */
export type LoggedDecision = Omit<Decision, "variant" | "payload" | "reason"> &
  Partial<Pick<Decision, "variant" | "payload" | "reason">>;
