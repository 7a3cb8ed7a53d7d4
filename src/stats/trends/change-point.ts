import type { MeasuredEffect } from "../heterogeneity/check-effects.js";
import { largestSplitP, splitsOf } from "./largest-split.js";

/** Where values change at once, and from what to what. */
export interface ChangePoint {
  /** How many values come before the change; at least 1. */
  readonly after: number;
  /** Inverse-variance means of the values before and after it. */
  readonly before: MeasuredEffect;
  readonly since: MeasuredEffect;
  /** The statistic, in standard errors; positive where values rise. */
  readonly z: number;
  /** Two-sided, of "no change anywhere"; the search is allowed for. */
  readonly pValue: number;
}

function meanOf(values: readonly MeasuredEffect[]): MeasuredEffect {
  let [total, sum] = [0, 0];
  for (const { value, standardError } of values) {
    const weight = 1 / (standardError * standardError);
    total += weight;
    sum += weight * value;
  }
  return { value: sum / total, standardError: 1 / Math.sqrt(total) };
}

/**
 * The likeliest place at which values in their order change at once.
 * @param values  independent, at least two, each with a positive standard error
 * @source Hawkins (1977), Journal of the American Statistical Association 72
 */
export function changePoint(values: readonly MeasuredEffect[]): ChangePoint {
  const { z, shares } = splitsOf(values);
  let at = 0;
  z.forEach((each, i) => {
    if (Math.abs(each) > Math.abs(z[at] ?? 0)) at = i;
  });
  const found = z[at] ?? 0;
  return {
    after: at + 1,
    before: meanOf(values.slice(0, at + 1)),
    since: meanOf(values.slice(at + 1)),
    z: found,
    pValue: largestSplitP(shares, Math.abs(found)),
  };
}

/**
 * Every place at which the one change can be: with it there, neither what comes before nor what comes after shows another.
 * @param values  independent, at least two, each with a positive standard error
 * @param level   with which the set holds the place of the one change there is, the search allowed for
 * @returns the fewest and the most values before the change; undefined where no single change fits
 * @source Worsley (1986), Biometrika 73
 */
export function changeRange(
  values: readonly MeasuredEffect[],
  level: number,
): readonly [fewest: number, most: number] | undefined {
  const fitting = values.slice(1).flatMap((_, i) => {
    const parts = [values.slice(0, i + 1), values.slice(i + 1)].map(splitsOf);
    const largest = Math.max(0, ...parts.flatMap(({ z }) => z.map(Math.abs)));
    const [first = 0, second = 0] = parts.map(({ shares }) =>
      shares.length > 0 ? largestSplitP(shares, largest) : 0,
    );
    const lone = parts.every(({ shares }) => shares.length === 0);
    return lone || first + second - first * second > 1 - level ? [i + 1] : [];
  });
  const [fewest, most] = [fitting[0], fitting.at(-1)];
  return fewest === undefined || most === undefined ? undefined : [fewest, most];
}
