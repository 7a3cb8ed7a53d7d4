import type { Sums } from "../models/reward-model.js";

/** How much of a source a state holds: its deltas up to a sequence, the last with a hash; null: it came in whole. */
export type Mark = { readonly sequence: number; readonly hash: string } | null;

/** What was learned, in numbers. */
export interface Learning {
  /** Number of rewards learned. */
  readonly rewards: number;
  readonly sums: Sums;
}

/** Where a state learned what it knows, so that nothing is counted twice. No decision depends on it. */
export interface Marks {
  /** Name under which the state learns; `""`: none, so that it cannot hand on deltas. */
  readonly source: string;
  /** By source; its own is among them once it has handed on a delta. */
  readonly merged: Readonly<Record<string, Mark>>;
  /** What was learned under `source` since the last delta. */
  readonly pending: Learning;
}
