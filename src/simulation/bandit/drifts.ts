import { type RandomSource, sampleNormal } from "../../random/index.js";
import type { When } from "./when.js";

/** How what is true changes, on the reward's link scale (log-odds for chances); `when` says for which arms or segments. */
export type Drift = { readonly when?: When } & (
  | {
      /** Each arm wanders by itself. */
      readonly kind: "walk";
      /** Standard deviation of a day's steps. */
      readonly sd: number;
    }
  | {
      /** From a day on, by so much. */
      readonly kind: "switch";
      readonly day: number;
      readonly by: number;
    }
  | {
      /** So much a day. */
      readonly kind: "trend";
      readonly perDay: number;
    }
);

type Of<K> = Extract<Drift, { kind: K }>;

/** What one drift adds for one arm, hour after hour. */
export type DriftPath = (hour: number) => number;

const HOURS = 24;

/** The kinds of drift: which numbers they have, and the path of one arm. */
export const driftKinds = {
  walk: {
    numbers: ["sd"],
    path({ sd }: Of<"walk">, random: RandomSource): DriftPath {
      let [at, value] = [0, 0];
      return (hour) => {
        for (; at < hour; at++) value += (sd / Math.sqrt(HOURS)) * sampleNormal(random);
        return value;
      };
    },
  },
  switch: {
    numbers: ["day", "by"],
    path:
      ({ day, by }: Of<"switch">): DriftPath =>
      (hour) =>
        hour >= day * HOURS ? by : 0,
  },
  trend: {
    numbers: ["perDay"],
    path:
      ({ perDay }: Of<"trend">): DriftPath =>
      (hour) =>
        (perDay * hour) / HOURS,
  },
} as const;

/** The path of one arm under a drift. */
export const driftPath = (drift: Drift, random: RandomSource): DriftPath =>
  (driftKinds[drift.kind] as { path(drift: Drift, random: RandomSource): DriftPath }).path(drift, random);
