import { numberAt } from "../../numeric/number-at.js";

/** Steps of a panel: a function is looked at in one more place. */
export const STEPS = 8;

// Of multiples of π/8, from square roots: engines differ in the last digit of cosines.
const near = Math.sqrt(2 + Math.SQRT2) / 2;
const far = Math.sqrt(2 - Math.SQRT2) / 2;
const cosines = [1, near, Math.SQRT1_2, far, 0, -far, -Math.SQRT1_2, -near, -1];
const cosine = (eighths: number): number => numberAt(cosines, STEPS - Math.abs(STEPS - (eighths % 16)));

/** Where a panel is looked at, from 0 to 1: Chebyshev's points, close at the ends. */
export const POINTS = cosines.map((each) => (1 - each) / 2);

const half = (k: number) => (k % STEPS ? 1 : 0.5);

/**
 * The integral of the polynomial through all of a panel's points, from its start to point j over its width: weights of the
 * values at each point, row by row (Clenshaw and Curtis).
 */
const weights = POINTS.map((_, j) =>
  POINTS.map((_, i) => {
    // Of each of Chebyshev's polynomials, from −1 to point j.
    const integral = (degree: number) =>
      (cosine(degree * (STEPS - j)) - cosine(degree * STEPS)) / degree || 0;
    let sum = integral(1);
    for (let k = 1; k <= STEPS; k++)
      sum += half(k) * cosine(k * (STEPS - i)) * (integral(k + 1) - integral(k - 1));
    return (half(i) * sum) / (2 * STEPS);
  }),
);

/** Weights of a whole panel. */
export const WHOLE = weights[STEPS] || POINTS;

/** Integral of the polynomial through a panel's values from its start to point j, over its width. */
export function integralTo(j: number, values: Float64Array): number {
  const row = weights[j] || POINTS;
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) sum += numberAt(row, i) * numberAt(values, i);
  return sum;
}

/** Writes a function's values in a panel; the first is the last of the panel before. */
export function lookAlong(f: (t: number) => number, from: number, width: number, out: Float64Array): void {
  out[0] = numberAt(out, STEPS);
  for (let n = 1; n <= STEPS; n++) out[n] = f(from + numberAt(POINTS, n) * width);
}
