import { byCodePoint } from "../../core/code-point-order.js";

/** A reward as the ledger keeps it. */
export interface KeptReward {
  readonly id: string;
  /** Null: it was withdrawn. */
  readonly value: number | null;
  /** Milliseconds since 1970; null: of a withdrawal. */
  readonly at: number | null;
  readonly kind: string;
  readonly revision: number;
}

/** What is kept of a withdrawal. */
export const withdrawal = (id: string): KeptReward => ({ id, value: null, at: null, kind: "", revision: 0 });

/**
 * The order of all records of one reward: the withdrawal above all, then the higher revision, the later time, the lower
 * value, the kind that comes later by code point. Records that are equal in it are the same record.
 * @returns positive if `a` counts and `b` does not
 */
export function compareRecords(a: KeptReward, b: KeptReward): number {
  if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
  return (
    a.revision - b.revision || (a.at ?? 0) - (b.at ?? 0) || b.value - a.value || byCodePoint(a.kind, b.kind)
  );
}

/** Whether two records say the same, under whatever revision. */
export const sayTheSame = (a: KeptReward, b: KeptReward): boolean =>
  a.value === b.value && a.at === b.at && a.kind === b.kind;
