import type { FieldsFor } from "../../shapes/index.js";

/** A reward as it comes in. */
export interface RewardRecord {
  readonly decisionId: string;
  /** The reward's own id: the same id again corrects the earlier value. */
  readonly id: string;
  readonly value: number;
  /** When it happened, ISO 8601. Before its decision is in time: clocks differ. */
  readonly at: string;
  /** What it is a reward of, e.g. `"conversion"`, `"revenue"`; default `"reward"`. */
  readonly kind?: string;
  /** Of several records with one id the highest counts, in whatever order they come; default 0. */
  readonly revision?: number;
}

const text = { kind: "text", empty: true } as const;
export const rewardFields = {
  decisionId: text,
  id: text,
  value: { kind: "number" },
  at: text,
  kind: { ...text, optional: true },
  revision: { kind: "number", optional: true },
} as const satisfies FieldsFor<RewardRecord>;
