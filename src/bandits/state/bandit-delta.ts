import type { Fields, FieldsType } from "../../shapes/index.js";

const text = { kind: "text" } as const;
const sums = { kind: "list", of: { kind: "list", of: { kind: "number" } } } as const;

/** What one source learned between two of its deltas, `essai.bandit-delta/1`. */
export const deltaFields = {
  format: { kind: "word", of: ["essai.bandit-delta/1"], format: true },
  experiment: text,
  /** Keys of the arms that the sums are of, in their order. */
  arms: { kind: "list", of: text, atLeast: 1 },
  /** Hash of what the reward model sums. */
  model: text,
  source: text,
  /** 1 for a source's first delta, then one more each. */
  sequence: { kind: "number", atLeast: 1, whole: true },
  rewards: { kind: "number", atLeast: 0 },
  sums,
  /** What was learned before and is taken back, after the rest was learned; absent: nothing. */
  less: {
    kind: "object",
    has: { rewards: { kind: "number", atLeast: 0 }, sums },
    optional: true,
  },
} as const satisfies Fields;

/** What one source learned between two of its deltas: plain JSON, delivered as often as need be. */
export type BanditDelta = FieldsType<typeof deltaFields>;
