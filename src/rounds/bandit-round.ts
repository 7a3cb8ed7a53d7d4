import type { LoggedDecision } from "./decision.js";

/** What could be expected of a round, known only where the world is. */
export interface ExpectedRewards {
  /** Of the action that was played. */
  readonly chosen: number;
  /** Of the best action there was, for this segment at this time. */
  readonly best: number;
  /** Of all actions alike. */
  readonly uniform: number;
}

/** One round of a bandit as it ran, in life or in a simulation: a decision and what came back. */
export interface BanditRound {
  readonly decision: LoggedDecision;
  /** What it was worth; null while that is not known. */
  readonly reward: number | null;
  /** Number of the period (a day, unless said otherwise), from 0. */
  readonly period?: number;
  /** The unit's segment, where there are segments. */
  readonly segment?: string;
  readonly expected?: ExpectedRewards;
}

/** A round as one flat row, `{ ...decision, reward }`: an outcome that `update` takes, too. */
export type FlatRound = LoggedDecision & Omit<BanditRound, "decision"> & { readonly decision?: never };
