import { sampleNormal } from "./sample-normal.js";
import type { RandomSource } from "./source.js";

/**
 * A log-normal draw.
 * @param random  source of chance
 * @param mu      mean of the logarithm
 * @param sigma   standard deviation of the logarithm, ≥ 0
 * @returns exp(N(mu, sigma²)); its mean is exp(mu + sigma² / 2)
 */
export function sampleLognormal(random: RandomSource, mu: number, sigma: number): number {
  return Math.exp(mu + sigma * sampleNormal(random));
}
