import type { Alternative } from "../../core/estimate.js";
import { normalQuantile, normalSurvival, tQuantile, tSurvival } from "../../distributions/index.js";

/** The reference distribution of a statistic: how far out it must be, and how rare it is out there. */
export interface Tail {
  /** Degrees of freedom; absent for the normal distribution. */
  readonly df?: number;
  /** The point that `probability` lies beyond, ≥ 0 for probability ≤ 0.5. */
  critical(probability: number): number;
  /** Probability beyond `statistic`. */
  survival(statistic: number): number;
}

// A difference and its lift ask for the same point and the same tail one after the other, and so do all comparisons of a
// report: the dearest steps of each.
let lastNormalProbability = Number.NaN;
let lastNormalCritical = Number.NaN;
let lastNormalStatistic = Number.NaN;
let lastNormalSurvival = Number.NaN;

/** The standard normal distribution as a tail. */
export const normalTail: Tail = {
  critical(probability) {
    if (probability !== lastNormalProbability) {
      lastNormalCritical = -normalQuantile(probability);
      lastNormalProbability = probability;
    }
    return lastNormalCritical;
  },
  survival(statistic) {
    if (statistic !== lastNormalStatistic) {
      lastNormalSurvival = normalSurvival(statistic);
      lastNormalStatistic = statistic;
    }
    return lastNormalSurvival;
  },
};

let lastProbability = Number.NaN;
let lastDf = Number.NaN;
let lastCritical = Number.NaN;
let lastStatistic = Number.NaN;
let lastStatisticDf = Number.NaN;
let lastSurvival = Number.NaN;

/** Student's distribution with `df` degrees of freedom (a positive real number) as a tail. */
export function studentTail(df: number): Tail {
  return {
    df,
    critical(probability) {
      if (probability !== lastProbability || df !== lastDf) {
        lastCritical = -tQuantile(probability, df);
        lastProbability = probability;
        lastDf = df;
      }
      return lastCritical;
    },
    survival(statistic) {
      if (statistic !== lastStatistic || df !== lastStatisticDf) {
        lastSurvival = tSurvival(statistic, df);
        lastStatistic = statistic;
        lastStatisticDf = df;
      }
      return lastSurvival;
    },
  };
}

/** Probability of a statistic at least this extreme in the direction(s) of the alternative. */
export function pValueOf(statistic: number, alternative: Alternative, tail: Tail): number {
  if (alternative === "greater") return tail.survival(statistic);
  if (alternative === "less") return tail.survival(-statistic);
  return Math.min(1, 2 * tail.survival(Math.abs(statistic)));
}

/** Tail probability outside one bound of an interval of this level. */
export function outside(level: number, alternative: Alternative): number {
  return alternative === "two-sided" ? (1 - level) / 2 : 1 - level;
}

/** Interval of an alternative from its two bounds: a one-sided one is open to the other side. */
export function interval(lower: number, upper: number, alternative: Alternative): readonly [number, number] {
  if (alternative === "greater") return [lower, Number.POSITIVE_INFINITY];
  if (alternative === "less") return [Number.NEGATIVE_INFINITY, upper];
  return [lower, upper];
}
