import type { Quantity } from "../../core/quantity.js";
import type { CellLevels } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** An arm, with the levels that make it up where it is a combination. */
export interface NamedArm {
  readonly arm: string;
  readonly action: Readonly<Record<string, string>>;
  /** Posterior probability of being the best. */
  readonly best: number;
}

/** Which arm leads in a cell by what a bandit believes. */
export const belief: FindingMember<{
  readonly cell: CellLevels;
  readonly quantity: Quantity;
  readonly level: number;
  readonly leader: NamedArm & {
    readonly mean: number;
    readonly interval: readonly [number, number];
    /** Probability with which it is played now. */
    readonly probability: number;
  };
  readonly next?: NamedArm;
}> = {
  find({ bandit }) {
    if (!bandit) return [];
    const { quantity, level } = bandit;
    const actionOf = (key: string) => bandit.arms.find(({ arm }) => arm === key)?.action ?? { variant: key };
    return bandit.beliefs.flatMap(({ cell, arms: [first, second] }) => {
      if (!first) return [];
      const { arm, best, mean, interval, probability } = first;
      const leader = { arm, action: actionOf(arm), best, mean, interval, probability };
      const next = second && { arm: second.arm, action: actionOf(second.arm), best: second.best };
      return [{ tone: "neutral", evidence: { cell, quantity, level, leader, ...(next ? { next } : {}) } }];
    });
  },
};
