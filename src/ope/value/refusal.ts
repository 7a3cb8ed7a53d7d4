import type { Overlap } from "./overlap.js";

export const thinReason =
  "the policy plays too differently from the log: its rounds weigh as much as too few rounds of its own would";
export const certainReason =
  "every action of the log was chosen with certainty, so it says nothing of what others would have earned";
export const unplayedReason =
  "the weights do not average 1: the log hardly ever plays some of what the policy plays, or its propensities are not true";
export const steadyReason = "what the rounds contribute does not vary, so the estimate has no standard error";

/** A mean weight may be this many standard errors from 1, */
const MOST_ERRORS = 4;
/** or this far, and then is only told. */
const TOLERATED = 0.05;

/** Whether the weights average 1 as they should, within `tolerated`. */
export const covers = ({ meanWeight, meanWeightError }: Overlap, tolerated: number): boolean =>
  Math.abs(meanWeight - 1) <= Math.max(tolerated, MOST_ERRORS * meanWeightError + 1e-9);

/**
 * Why a log cannot say what a policy is worth.
 * @param certain  whether the log left nothing to chance
 * @returns the reason; undefined where it can
 */
export function uncoveredReason(overlap: Overlap, certain: boolean): string | undefined {
  if (covers(overlap, TOLERATED)) return undefined;
  return certain ? certainReason : unplayedReason;
}
