import type { ScalarMoments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import { type AmountArm, amountArm, oneSigned, scaledArm } from "./amount-arm.js";

/** Arms whose amounts are compared by their score; `sign` is −1 where all values were turned to be positive. */
export interface AmountArms<T> {
  readonly arms: T;
  readonly sign: 1 | -1;
  /** The size of the amounts, by which they were divided. */
  readonly unit: number;
}

/** From this skewness of the smallest arm's mean on, a normal or t distribution of it is visibly wrong. */
export const noticeable = 0.1;

/** Skewness of the smallest arm's mean with one shape for all arms; 0 where it is no more than noise. */
function meanSkewness(list: readonly ScalarMoments[]): number {
  let [n, m2, m3, least] = [0, 0, 0, Number.POSITIVE_INFINITY];
  for (const each of list) {
    n += each.n;
    m2 += each.m2;
    m3 += each.m3 ?? 0;
    least = Math.min(least, each.n);
  }
  if (!(m2 > 0)) return 0;
  const skewness = ((m3 / m2) * Math.sqrt(n)) / Math.sqrt(m2);
  return square(skewness) * n > 54 ? Math.abs(skewness) / Math.sqrt(least) : 0;
}

/**
 * The rule by which amounts are compared by their score: third moments and the counts of non-zero values are there, the
 * smallest arm's mean is skewed by 0.1 or more (and the skewness is three standard errors from none), at least two values
 * are not zero, and the values of each arm can be of one sign, the same in all.
 * @returns the arms' amounts in the list's order, scaled alike; undefined where the rule does not hold
 */
export function skewedAmounts(list: readonly ScalarMoments[]): AmountArms<AmountArm[]> | undefined {
  if (meanSkewness(list) < noticeable) return undefined;
  const arms: AmountArm[] = [];
  let [sum, count] = [0, 0];
  for (const moments of list) {
    const arm = amountArm(moments);
    if (!arm || !oneSigned(arm) || arm.amount * sum < 0) return undefined;
    arms.push(arm);
    sum += arm.amount * arm.count;
    count += arm.count;
  }
  if (count < 2) return undefined;
  const unit = sum / count;
  return {
    arms: arms.map((arm) => scaledArm(arm, 1 / unit)),
    sign: sum < 0 ? -1 : 1,
    unit: Math.abs(unit),
  };
}
