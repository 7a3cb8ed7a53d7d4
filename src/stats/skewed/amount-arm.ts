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
  /** Σ (x − amount)² of those values. */
  readonly spread: number;
  readonly second: readonly [number, number, number];
  readonly third: readonly [number, number, number, number];
}

/** How the amounts behind one arm's moments are read. */
export interface AmountsReader<M> {
  /** One number per unit whose mean is, to first order, the compared value. */
  linear(moments: M): ScalarMoments | undefined;
  /** Undefined where what a score needs is missing, or the values are not of one sign. */
  arm(moments: M): AmountArm | undefined;
}

/** Below this share of what it is the rest of, a difference is rounding. */
const noise = 64 * Number.EPSILON;

/**
 * The amounts behind the moments: zeros add nothing to sums of powers, so the count of the others gives their moments.
 * @returns undefined where m3 or nonzero is missing
 */
export function amountArm({ n, mean, m2, m3, nonzero }: ScalarMoments): AmountArm | undefined {
  if (m3 === undefined || nonzero === undefined) return undefined;
  if (nonzero === 0)
    return { n, mean: 0, count: 0, amount: 0, spread: 0, second: [0, 0, 0], third: [0, 0, 0, 0] };
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
    spread,
    second: [spread, 0, count],
    third: [third, 3 * spread, 0, count],
  };
}

/**
 * Whether values of one sign may lie behind the arm: then Σx · Σx³ ≥ (Σx²)². Profits and losses about a mean near zero
 * do not satisfy it, and hypotheses about ratios of means do not describe them.
 */
export function oneSigned({ count, amount, spread, third }: AmountArm): boolean {
  if (count === 0) return true;
  const squares = spread / count / square(amount);
  const cubes = third[0] / count / cube(amount);
  return amount !== 0 && 1 + 3 * squares + cubes >= square(1 + squares) * (1 - 1e-9);
}

/** The arm with every value times `factor`. */
export function scaledArm(arm: AmountArm, factor: number): AmountArm {
  const f2 = square(factor);
  const { second, third } = arm;
  return {
    n: arm.n,
    count: arm.count,
    mean: arm.mean * factor,
    amount: arm.amount * factor,
    spread: arm.spread * f2,
    second: [second[0] * f2, second[1] * factor, second[2]],
    third: [third[0] * cube(factor), third[1] * f2, third[2] * factor, third[3]],
  };
}

/** Amounts as moments of one value per unit give them. */
export const meanAmounts: AmountsReader<ScalarMoments> = {
  linear: (moments) => moments,
  arm(moments) {
    const arm = amountArm(moments);
    return arm && oneSigned(arm) ? arm : undefined;
  },
};
