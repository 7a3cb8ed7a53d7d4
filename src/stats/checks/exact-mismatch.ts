import { logGamma } from "../../distributions/index.js";

/** χ² is near enough where every variant expects this many units. */
const ENOUGH = 50;

/** Outcomes that are worth going through. */
const MOST = 200_000;

/** Ways in which n units fall into k variants; Infinity once there are too many. */
function outcomes(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i < k && ways <= MOST; i++) ways = (ways * (n + i)) / i;
  return ways;
}

/**
 * The exact probability of a χ² at least as large as the one seen, over every way in which the units can fall into the
 * variants.
 * @param shares  of the variants, summing to 1
 * @returns undefined where χ² is near enough (every variant expects 50 units), or there are too many ways
 */
export function exactMismatch(n: number, shares: readonly number[], statistic: number): number | undefined {
  if (shares.every((share) => share * n >= ENOUGH) || outcomes(n, shares.length) > MOST) return undefined;
  // Outcomes as large as the observed one count, whichever way they are rounded.
  const bound = statistic * (1 - 1e-9) - 1e-12;
  let p = 0;
  const whole = logGamma(n + 1);
  const visit = (at: number, left: number, log: number, sum: number): void => {
    const share = shares[at] ?? 0;
    const mean = n * share;
    const last = at === shares.length - 1;
    for (let count = last ? left : 0; count <= left; count++) {
      const own = log + count * Math.log(share) - logGamma(count + 1);
      const square = sum + ((count - mean) * (count - mean)) / mean;
      if (!last) visit(at + 1, left - count, own, square);
      else if (square >= bound) p += Math.exp(whole + own);
    }
  };
  visit(0, n, 0, 0);
  return Math.min(1, p);
}
