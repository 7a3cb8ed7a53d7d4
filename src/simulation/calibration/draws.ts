import type { ScalarMoments } from "../../core/moments.js";
import { type RandomSource, sampleBinomial, sampleLognormal } from "../../random/index.js";
import { type Hurdle, momentsOf } from "../../stats/index.js";

/**
 * Moments of zeros and ones.
 * @param n  units
 * @param x  how many of them are 1
 * @returns mean, m2, m3 and how many are not zero, exactly
 */
export function binaryMoments(n: number, x: number): Required<ScalarMoments> {
  const p = x / n;
  const m2 = x * (1 - p);
  return { n, mean: p, m2, m3: m2 * (1 - 2 * p), nonzero: x, max: x > 0 ? 1 : 0 };
}

/** One arm of skewed revenue: the buyers' amounts, all others zero. */
export interface RevenueArm {
  readonly moments: Required<ScalarMoments>;
  /** Amounts of the units that bought anything; a view that lives until the next draw. */
  readonly amounts: Float64Array;
  /** Every unit's amount, zeros included; lives until the next draw. */
  readonly values: Float64Array;
}

/**
 * A maker of zero-inflated log-normal revenue: buyers ~ Binomial(n, buy), amounts exp(N(mu, sigma²)) times a factor.
 * @param n      units
 * @param world  buy, mu, sigma and the factor
 * @returns a function that draws one arm; its amounts are overwritten by its next draw
 */
export function revenueArm(
  n: number,
  world: { readonly buy: number; readonly mu: number; readonly sigma: number; readonly factor: number },
): (random: RandomSource) => RevenueArm {
  const values = new Float64Array(n);
  let filled = 0;
  return (random) => {
    const buyers = sampleBinomial(random, n, world.buy);
    const amounts = values.subarray(0, buyers);
    if (filled > buyers) values.fill(0, buyers, filled);
    filled = buyers;
    let sum = 0;
    let max = 0;
    for (let i = 0; i < buyers; i++) {
      const amount = world.factor * sampleLognormal(random, world.mu, world.sigma);
      amounts[i] = amount;
      sum += amount;
      if (amount > max) max = amount;
    }
    const mean = sum / n;
    let m2 = (n - buyers) * mean * mean;
    let m3 = -m2 * mean;
    for (let i = 0; i < buyers; i++) {
      const away = (amounts[i] as number) - mean;
      m2 += away * away;
      m3 += away * away * away;
    }
    return { moments: { n, mean, m2, m3, nonzero: buyers, max }, amounts, values };
  };
}

/**
 * What a hurdle model needs of one drawn arm, without looking at the zeros again.
 * @param arm  from {@link revenueArm}
 * @returns the same as `hurdleOf(arm.values)`
 */
export function hurdleOfArm({ values, amounts }: RevenueArm): Hurdle {
  return { n: values.length, positive: momentsOf(amounts), logs: momentsOf(amounts.map(Math.log)) };
}
