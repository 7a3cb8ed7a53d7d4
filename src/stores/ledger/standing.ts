import type { SetAside } from "../../bandits/ledger/index.js";
import type { ShardSlice } from "./shard-slice.js";

/** The weight of what is learned whole. */
export const WHOLE = 64;

/** How a decision stands with one kind of reward. */
export interface Standing {
  readonly value: number;
  /** In sixty-fourths, which sums take without rounding; 0: nothing of it is learned. */
  readonly weight: number;
}

export const nothing: Standing = { value: 0, weight: 0 };

/** One decision that is to stand otherwise with one kind of reward. */
export interface StandingChange {
  readonly slice: ShardSlice;
  readonly row: number;
  readonly kind: number;
  readonly from: Standing;
  readonly to: Standing;
}

/** A decision that was set aside. */
export interface AsideDecision extends SetAside {
  readonly decisionId: string;
  readonly kind: string;
}
