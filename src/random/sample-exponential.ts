import { requireNumber } from "../errors/index.js";
import { requireSource } from "./require-source.js";
import type { RandomSource } from "./source.js";

/**
 * An exponential draw.
 * @param random  source of chance
 * @param rate    events per unit, > 0; default 1
 * @returns a draw with mean 1 / rate
 * @throws ExperimentError `wrong_type` at ["random"]; `wrong_type`, `not_finite` or `out_of_range` at ["rate"]
 */
export function sampleExponential(random: RandomSource, rate = 1): number {
  requireSource(random);
  requireNumber(rate, ["rate"], { above: 0 });
  return drawExponential(random, rate);
}

function drawExponential(random: RandomSource, rate = 1): number {
  return -Math.log(random.next()) / rate;
}
