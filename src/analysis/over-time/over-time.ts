import type { Contrast } from "../comparison.js";

/** An effect in a period, or on a day since exposure. */
export type TimePoint = {
  /** First day of the period, `2026-11-30`; or the day since exposure, from `0`. */
  readonly at: string;
  /** Units with an outcome. */
  readonly units: readonly [control: number, treatment: number];
} & (
  | {
      readonly status: "ok";
      /** Treatment − control. */
      readonly value: number;
      readonly standardError: number;
      readonly interval: readonly [lower: number, upper: number];
    }
  | { readonly status: "undefined"; readonly reason: string }
);

/** An effect in the first days and in the last, on one scale. */
export interface ScaleChange {
  readonly first: number;
  readonly firstInterval: readonly [lower: number, upper: number];
  readonly last: number;
  readonly lastInterval: readonly [lower: number, upper: number];
  readonly pValue: number;
  readonly pAdjusted: number;
}

/** Whether an effect changes with days since exposure. */
export type SinceChange =
  | {
      readonly status: "ok";
      /** The days that are compared, each from the first to the last, from `0`. */
      readonly days: readonly [first: readonly [number, number], last: readonly [number, number]];
      /** Units that had all days. */
      readonly units: readonly [control: number, treatment: number];
      /** Per day, in the metric's unit. */
      readonly difference: ScaleChange;
      /** Lifts, as fractions; absent where a side has no positive value. */
      readonly lift?: ScaleChange;
      /** What is shown after correction: on which scale, if any, it comes nearer to zero, goes farther from it, or crosses it. */
      readonly shows: "fades" | "grows" | "turns" | "nothing";
      readonly on?: "both" | "difference" | "lift";
    }
  | { readonly status: "undefined"; readonly reason: string };

/** The effect of one contrast on one metric over time. */
export interface EffectOverTime {
  readonly metric: string;
  readonly contrast: Contrast;
  /** Everything until the end of each period, among units exposed by then. */
  readonly cumulative: readonly TimePoint[];
  /** In each period by itself, among units exposed by its end. */
  readonly during: readonly TimePoint[];
  /** On each day since exposure, among units that had them all; empty where the metric has no such days. */
  readonly since: readonly TimePoint[];
  readonly change: SinceChange;
}

/** Effects over time. */
export interface OverTime {
  /** How many days since exposure are followed. */
  readonly days: number;
  readonly by: "day" | "week";
  /** Whether intervals of `cumulative` hold in all periods at once, as the plan's do over looks, or each for itself; the others always do. */
  readonly holds: "together" | "each";
  readonly effects: readonly EffectOverTime[];
  /** Metrics that are not followed, and why. */
  readonly unfollowed: readonly { readonly metric: string; readonly reason: string }[];
}
