import type { Learning, Marks } from "./learning.js";
import type { BanditState } from "./state.js";

/** Nothing learned, in as many arms as a state has. */
const nothing = ({ setup: { model, arms } }: BanditState): Learning => ({
  rewards: 0,
  sums: model.empty(arms.length),
});

/** The marks of a state; one that never had any learned what it knows under no name. */
export const marksOf = (state: BanditState): Marks =>
  state.marks ?? { source: "", merged: state.rewards > 0 ? { "": null } : {}, pending: nothing(state) };

/** The marks of a state that learns under a name from now on, or under none. */
export const newMarks = (state: BanditState, source: string, merged: Marks["merged"]): Marks => ({
  source,
  // In one order, whichever way they came together.
  merged: Object.fromEntries(
    Object.keys(merged)
      .sort()
      .map((name) => [name, merged[name] ?? null]),
  ),
  pending: nothing(state),
});

/** A state's marks, where what is pending changes along with its sums. */
export const changedPending = (
  { marks }: BanditState,
  change: (learning: Learning) => Learning,
): { readonly marks?: Marks } => (marks ? { marks: { ...marks, pending: change(marks.pending) } } : {});

/**
 * What a state has learned by source, once it is part of another: its own source, of which it may hold more than its deltas
 * told, has come in whole.
 */
export function wholeMarks(state: BanditState): Marks["merged"] {
  const { source, merged, pending } = marksOf(state);
  return pending.rewards > 0 ? { ...merged, [source]: null } : merged;
}
