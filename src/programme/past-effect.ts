import type { FieldsFor } from "../shapes/index.js";

/**
 * On which scale effects are told: a difference in the metric's unit, or whatever else adds up; or log(treatment / control),
 * of which small ones are lifts and sums are compounded.
 */
export type EffectScaleName = "difference" | "log-lift";

/** What one past test measured: one treatment against control, on one metric, where wanted in one channel. */
export interface PastEffect {
  /** Names the test; several effects of one test are no independent evidence. */
  readonly experiment: string;
  /** Treatment − control, or log(treatment / control): one scale for all effects of a metric. */
  readonly value: number;
  /** > 0, on the same scale. */
  readonly standardError: number;
  /** Default `"effect"`. Metrics are never pooled with each other. */
  readonly metric?: string;
  /** What kind of idea it was, e.g. `"pricing"`. */
  readonly theme?: string;
  readonly channel?: string;
  /** When it ended: ISO 8601, at least its year. */
  readonly at?: string;
  /** Which way is good; default `"higher"`. */
  readonly better?: "higher" | "lower";
  /** Units in the test, both sides together; > 0. */
  readonly units?: number;
  /** How long it ran; > 0. */
  readonly days?: number;
  /** What an effect of 1 is worth, e.g. the revenue that the lift applies to; ≥ 0, default 1. */
  readonly weight?: number;
}

const name = { kind: "text", optional: true } as const;
const positive = { kind: "number", above: 0, optional: true } as const;

export const pastEffectFields = {
  experiment: { kind: "text" },
  value: { kind: "number" },
  standardError: { kind: "number", above: 0 },
  metric: name,
  theme: name,
  channel: name,
  at: name,
  better: { kind: "word", of: ["higher", "lower"], optional: true },
  units: positive,
  days: positive,
  weight: { kind: "number", atLeast: 0, optional: true },
} as const satisfies FieldsFor<PastEffect>;

/** A past effect with what was left to its default, turned so that a positive one is good. */
export interface TurnedEffect extends PastEffect {
  readonly metric: string;
  readonly weight: number;
  /** Value over standard error. */
  readonly z: number;
}

/** @returns the effect with positive as good */
export function turned(effect: PastEffect): TurnedEffect {
  const { better = "higher", metric = "effect", weight = 1, standardError } = effect;
  const value = better === "lower" ? -effect.value : effect.value;
  return { ...effect, value, metric, weight, z: value / standardError };
}
