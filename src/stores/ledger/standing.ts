import type { SetAside } from "../../bandits/ledger/index.js";

/** The weight of what is learned whole. */
export const WHOLE = 64;

/** How a decision stands with one kind of reward. */
export interface Standing {
  readonly value: number;
  /** In sixty-fourths, which sums take without rounding; 0: nothing of it is learned. */
  readonly weight: number;
}

export const nothing: Standing = { value: 0, weight: 0 };

/** A decision that was set aside. */
export interface AsideDecision extends SetAside {
  readonly decisionId: string;
  readonly kind: string;
}
