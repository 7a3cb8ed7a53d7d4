import type { Distribution } from "../../core/moments.js";
import { normalQuantile } from "../../distributions/index.js";
import { quantileByRank } from "./quantile.js";

/** A quantile and its standard error. */
export interface CountedQuantile {
  readonly value: number;
  /** Undefined where the ranks that the quantile may have leave the sample: too few units for so extreme a quantile. */
  readonly standardError: number | undefined;
}

/** The level at which ranks are read; the standard error is that interval's half width over its critical value. */
const level = 0.95;

/**
 * A quantile of counted values, and its standard error by Woodruff's interval: the values at the ranks that the share
 * below it may have. No density is estimated. Where several units share the value, the ranks are taken outwards and both
 * sides get the longer reach, as the quantile then jumps from value to value.
 * @param distribution  checked
 * @param q             fraction in (0, 1)
 * @returns undefined without units
 * @source Woodruff (1952), JASA 47
 */
export function countedQuantile({ values, units }: Distribution, q: number): CountedQuantile | undefined {
  const upTo: number[] = [];
  let n = 0;
  for (const count of units) upTo.push((n += count));
  if (n === 0) return undefined;
  const valueAt = (rank: number): number => {
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) >= rank) high = middle;
      else low = middle + 1;
    }
    return values[low] ?? 0;
  };
  const value = quantileByRank(n, valueAt, q, 7);
  const critical = normalQuantile((1 + level) / 2);
  const reach = critical * Math.sqrt((q * (1 - q)) / n);
  const [low, high] = [q - reach, q + reach];
  if (low < 0.5 / n || high > 1 - 0.5 / n) return { value, standardError: undefined };
  const at = values.indexOf(value);
  if (at >= 0 && (units[at] ?? 0) > 1) {
    // Among ties the quantile jumps from value to value: both sides are given the longer reach.
    const lower = valueAt(Math.max(1, Math.floor(low * n)));
    const upper = valueAt(Math.min(n, Math.ceil(high * n) + 1));
    return { value, standardError: Math.max(value - lower, upper - value) / critical };
  }
  const lower = Math.min(value, quantileByRank(n, valueAt, low, 5));
  const upper = Math.max(value, quantileByRank(n, valueAt, high, 5));
  return { value, standardError: (upper - lower) / 2 / critical };
}
