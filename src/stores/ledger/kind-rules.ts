import { type KindOptions, kindFields } from "../../bandits/ledger/index.js";
import type { FieldsFor } from "../../shapes/index.js";

/** What holds for one kind of reward of a shared ledger. */
export interface SharedKind extends KindOptions {
  /** A reward of this kind counts when it happens at most this long after its decision, in hours. */
  readonly windowHours?: number;
  /**
   * Whether a reward teaches as soon as it comes. Decisions without any then count a little more the longer they are
   * silent, as often as such rewards came later than that, and whole once the window has closed.
   */
  readonly early?: boolean;
}

/** All the time that JavaScript's dates know, in hours. */
const EVER = 2_400_000_000;

export const sharedKindFields = {
  ...kindFields,
  windowHours: { kind: "number", above: 0, atMost: EVER, optional: true },
  early: { kind: "flag", optional: true },
} as const satisfies FieldsFor<SharedKind>;

/** A kind of reward with everything stated. */
export interface KindRule extends Required<Omit<SharedKind, "windowHours">> {
  readonly kind: string;
  /** Milliseconds. */
  readonly window: number;
}
