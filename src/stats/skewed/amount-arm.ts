import type { ScalarMoments } from "../../core/moments.js";
import { cube, square } from "../../core/powers.js";

/**
 * One arm's amounts: how many units have one, and how the amounts lie about a mean m that a hypothesis gives them.
 * With d = amount − m, Σ (x − m)² = second[0] + second[1] d + second[2] d², and likewise the cubes.
 */
export interface AmountArm {
  readonly n: number;
  /** Mean over all units. */
  readonly mean: number;
  /** Units whose value is not zero. */
  readonly count: number;
  /** Mean of the values that are not zero; 0 where there is none. */
  readonly amount: number;
  readonly second: readonly [number, number, number];
  readonly third: readonly [number, number, number, number];
}

/** How the amounts behind one arm's moments are read. */
export interface AmountsReader<M> {
  /** One number per unit whose mean is, to first order, the compared value. */
  linear(moments: M): ScalarMoments | undefined;
  /**
   * Undefined where what a score needs is missing, or the values are not of one sign.
   * @param linear  what {@link AmountsReader.linear} says of the same moments
   */
  arm(moments: M, linear: ScalarMoments): AmountArm | undefined;
}

/** Below this share of what it is the rest of, a difference is rounding. */
const noise = 64 * Number.EPSILON;

/**
 * The amounts behind the moments: zeros add nothing to sums of powers, so the count of the others gives their moments.
 * @returns undefined where m3 or nonzero is missing
 */
function amountArm({ n, mean, m2, m3, nonzero }: ScalarMoments): AmountArm | undefined {
  if (m3 === undefined || nonzero === undefined) return undefined;
  if (nonzero === 0) return { n, mean: 0, count: 0, amount: 0, second: [0, 0, 0], third: [0, 0, 0, 0] };
  const count = nonzero;
  const amount = (mean * n) / count;
  const zeros = n - count;
  const above = amount - mean;
  const between = mean * mean * zeros * (n / count);
  const spread = m2 - between > noise * (m2 + between) ? m2 - between : 0;
  const cubes = spread === 0 ? 0 : m3 - 3 * above * spread - count * cube(above) + zeros * cube(mean);
  // No values have Σ|d|³ above (Σd²)^1.5; what does is rounding.
  const bound = spread * Math.sqrt(spread);
  const third = Math.max(-bound, Math.min(bound, cubes));
  return {
    n,
    mean,
    count,
    amount,
    second: [spread, 0, count],
    third: [third, 3 * spread, 0, count],
  };
}

/**
 * Whether values of one sign may lie behind the arm: then Σx · Σx³ ≥ (Σx²)². Profits and losses about a mean near zero
 * do not satisfy it, and hypotheses about ratios of means do not describe them.
 */
function oneSigned({ count, amount, second, third }: AmountArm): boolean {
  if (count === 0) return true;
  const squares = second[0] / count / square(amount);
  const cubes = third[0] / count / cube(amount);
  return amount !== 0 && 1 + 3 * squares + cubes >= square(1 + squares) * (1 - 1e-9);
}

/** @returns the amounts behind the moments, where there are such and they can be of one sign */
export function onlyAmounts(moments: ScalarMoments): AmountArm | undefined {
  const arm = amountArm(moments);
  return arm && oneSigned(arm) ? arm : undefined;
}

/** Amounts as moments of one value per unit give them. */
export const meanAmounts: AmountsReader<ScalarMoments> = {
  linear: (moments) => moments,
  arm: onlyAmounts,
};
