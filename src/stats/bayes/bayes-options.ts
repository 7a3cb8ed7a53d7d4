import type { FieldsFor } from "../../shapes/index.js";
import { levelFields } from "../inference/estimate-fields.js";

/** Options of {@link rankArms}. */
export interface RankArmsOptions {
  /** Which values are the best; default `"higher"`. */
  readonly better?: "higher" | "lower";
}

/** Options of {@link compareArms}. */
export interface CompareArmsOptions extends RankArmsOptions {
  /** Of the credible intervals, fraction in (0, 1); default 0.95. */
  readonly level?: number;
  /** Effects of at most this size, either way, are as good as none: of the difference, of the lift, or of both. */
  readonly rope?: { readonly difference?: number; readonly lift?: number };
}

export const rankArmsFields = {
  better: { kind: "word", of: ["higher", "lower"], optional: true },
} as const satisfies FieldsFor<RankArmsOptions>;

const width = { kind: "number", atLeast: 0, optional: true } as const;

export const compareArmsFields = {
  ...levelFields,
  ...rankArmsFields,
  rope: { kind: "object", has: { difference: width, lift: width }, optional: true },
} as const satisfies FieldsFor<CompareArmsOptions>;
