import type { CellLevels, Contrast } from "../comparison.js";

/** A value at one level of an ordered dimension. */
export interface TrendPoint {
  readonly level: string;
  readonly value: number;
  /** > 0. */
  readonly standardError: number;
  /** Of this level alone. */
  readonly interval: readonly [lower: number, upper: number];
  /** Units with an outcome: of both sides, where the value is a difference. */
  readonly units: number;
}

/** One variant's value, or a difference between two, along an ordered dimension. */
export type Trend = {
  readonly metric: string;
  readonly dimension: string;
  /** Level of the other dimension within which it is read, e.g. one channel; `{}` is everyone. */
  readonly within: CellLevels;
  /** What runs along it: the metric's value in a variant, or the difference of a contrast. */
  readonly of: { readonly variant: string } | { readonly contrast: Contrast };
  /** Which level a unit met was itself drawn at random, so that what changes is an effect. */
  readonly randomized?: boolean;
  /** Levels left out: too thin, without a place in the order, or missing. */
  readonly omitted: readonly string[];
} & (
  | {
      readonly status: "ok";
      readonly points: readonly TrendPoint[];
      /** The straight line through the points. */
      readonly line: {
        /** Change from one level to the next, in the metric's unit. */
        readonly slope: number;
        readonly interval: readonly [lower: number, upper: number];
        readonly pValue: number;
        readonly pAdjusted: number;
      };
      /** The likeliest place of a change at once, the search allowed for. */
      readonly change: {
        /** The last level before it. */
        readonly after: string;
        /** The metric's unit, on average over the levels before it, and after. */
        readonly before: number;
        readonly since: number;
        /** Of `since`. */
        readonly sinceInterval: readonly [lower: number, upper: number];
        /** First and last level after which it can be; absent where no single change fits, or none is shown. */
        readonly range?: readonly [first: string, last: string];
        readonly pValue: number;
        readonly pAdjusted: number;
      };
      /** What is shown after correction: a change (without `range`: more than one), a steady trend, or neither. */
      readonly shows: "change" | "trend" | "nothing";
      /** Whether a finding is made of it: of everyone, or of the parts where these do not all change alike. */
      readonly told: boolean;
      readonly level: number;
    }
  | { readonly status: "undefined"; readonly reason: string }
);
