import type { Proportion } from "./proportion.js";

/** Wilson's score bounds of one rate for a normal critical value. */
export function wilsonBounds({ x, n }: Proportion, critical: number): [lower: number, upper: number] {
  const c2 = critical * critical;
  const spread = critical * Math.sqrt(c2 / 4 + (x * (n - x)) / n);
  const total = n + c2;
  // Each bound from the side on which its terms do not cancel.
  const upper = (x + c2 / 2 + spread) / total;
  const lowerOfFailures = (n - x + c2 / 2 + spread) / total;
  const lower = x === 0 ? 0 : (x * x) / n / (total * upper);
  return [
    lower,
    x === n ? 1 : lowerOfFailures < 0.5 ? 1 - ((n - x) * (n - x)) / n / (total * lowerOfFailures) : upper,
  ];
}
