import type { Json } from "../../core/json.js";

/** A round as it is worked on, whatever form it was logged in. */
export interface Choice {
  readonly action: string;
  readonly reward: number | null;
  readonly propensity: number;
  readonly context: Json;
  readonly unit: string | undefined;
  /** The decision's id, so that it counts once. */
  readonly id: string | undefined;
  /** Whether the unit kept what it had, and nothing was drawn. */
  readonly kept: boolean;
  /** When it was decided, as it was recorded. */
  readonly at: string | undefined;
  /** Names and probabilities of the actions that could be chosen, where they were logged. */
  readonly actions: readonly string[] | undefined;
  readonly probabilities: readonly number[] | undefined;
  /** The actions that could be chosen, where that was logged. */
  readonly eligible: readonly string[] | undefined;
}
