import type { BanditDelta, Outcome } from "../bandits/index.js";

/** What a process has learned that the store may not have. */
export interface Unmerged {
  /** The name it learns under. */
  readonly source: string;
  /** Of the last delta; 0: there was none. */
  readonly sequence: number;
  /** In their order. */
  readonly deltas: readonly BanditDelta[];
}

/** Where a process notes what it learned until the store has it: `rewardJournal` of `essai/stores/file` makes one. */
export interface RewardJournal {
  /** What an earlier process has left: what was unmerged at its last note, and the outcomes since. */
  readonly left: (Unmerged & { readonly outcomes: readonly Outcome[] }) | undefined;
  /** Whether it would rather have `keep` called than go on growing. */
  readonly full: boolean;
  /** Notes outcomes that were learned after the last `keep`: once it returns, they survive a killed process. */
  learned(outcomes: readonly Outcome[]): void;
  /** Notes what is unmerged, in place of all before: when called, for a killed process; once it answers, on the disk. */
  keep(unmerged: Unmerged): Promise<void>;
  /** Gives back what it holds open. */
  close(): void;
}
