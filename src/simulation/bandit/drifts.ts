import { type RandomSource, sampleNormal } from "../../random/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { type When, whenShape } from "./when.js";

/** Each arm wanders by itself. */
export interface WalkDrift {
  readonly kind: "walk";
  /** Standard deviation of a day's steps, ≥ 0. */
  readonly sd: number;
  readonly when?: When;
}

/** From a day on, by so much. */
export interface SwitchDrift {
  readonly kind: "switch";
  /** Days since the run began, ≥ 0; a fraction is hours. */
  readonly day: number;
  readonly by: number;
  readonly when?: When;
}

/** So much a day. */
export interface TrendDrift {
  readonly kind: "trend";
  readonly perDay: number;
  readonly when?: When;
}

/** How what is true changes, on the reward's link scale (log-odds for chances); `when` says for which arms or segments. */
export type Drift = WalkDrift | SwitchDrift | TrendDrift;

const number = { kind: "number" } as const;
const when = { ...whenShape, optional: true } as const;

/** What a drift may be. */
export const driftShape = {
  kind: "choice",
  by: "kind",
  of: {
    walk: { sd: { kind: "number", atLeast: 0 }, when } satisfies FieldsFor<Omit<WalkDrift, "kind">>,
    switch: { day: { kind: "number", atLeast: 0 }, by: number, when } satisfies FieldsFor<
      Omit<SwitchDrift, "kind">
    >,
    trend: { perDay: number, when } satisfies FieldsFor<Omit<TrendDrift, "kind">>,
  },
} as const;

/** What one drift adds for one arm, hour after hour. */
export type DriftPath = (hour: number) => number;

const HOURS = 24;

const paths: {
  readonly [K in Drift["kind"]]: (drift: Extract<Drift, { kind: K }>, random: RandomSource) => DriftPath;
} = {
  walk({ sd }, random) {
    let [at, value] = [0, 0];
    return (hour) => {
      for (; at < hour; at++) value += (sd / Math.sqrt(HOURS)) * sampleNormal(random);
      return value;
    };
  },
  switch:
    ({ day, by }) =>
    (hour) =>
      hour >= day * HOURS ? by : 0,
  trend:
    ({ perDay }) =>
    (hour) =>
      (perDay * hour) / HOURS,
};

/** The path of one arm under a drift. */
export const driftPath = (drift: Drift, random: RandomSource): DriftPath =>
  (paths[drift.kind] as (drift: Drift, random: RandomSource) => DriftPath)(drift, random);
