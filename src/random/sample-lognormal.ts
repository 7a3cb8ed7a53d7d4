import { requireNumber } from "../errors/index.js";
import { requireSource } from "./require-source.js";
import { drawNormal } from "./sample-normal.js";
import type { RandomSource } from "./source.js";

/**
 * A log-normal draw.
 * @param random  source of chance
 * @param mu      mean of the logarithm
 * @param sigma   standard deviation of the logarithm, ≥ 0
 * @returns exp(N(mu, sigma²)); its mean is exp(mu + sigma² / 2)
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["mu"] or ["sigma"]
 */
export function sampleLognormal(random: RandomSource, mu: number, sigma: number): number {
  requireSource(random);
  requireNumber(mu, ["mu"]);
  requireNumber(sigma, ["sigma"], { atLeast: 0 });
  return drawLognormal(random, mu, sigma);
}

function drawLognormal(random: RandomSource, mu: number, sigma: number): number {
  return Math.exp(mu + sigma * drawNormal(random));
}
