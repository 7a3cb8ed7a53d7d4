import { square } from "../../core/powers.js";
import { noncentralTCdf, noncentralTSurvival, tQuantile } from "../../distributions/index.js";
import { ExperimentError, insufficient_data, requireNumber } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { normalPoints, type PowerOptions, powerFields, readPower, type SampleSize, sized } from "./inputs.js";

const powerForFields = {
  alpha: powerFields.alpha,
  ratio: powerFields.ratio,
  alternative: powerFields.alternative,
} as const satisfies FieldsFor<Omit<PowerOptions, "power">>;

function powerAt(n: number, effectSize: number, options: PowerOptions): number {
  const { tail, ratio, twoSided } = readPower(options);
  const df = n * (1 + ratio) - 2;
  const shift = effectSize * Math.sqrt((n * ratio) / (1 + ratio));
  const critical = -tQuantile(tail, df);
  return noncentralTSurvival(critical, df, shift) + (twoSided ? noncentralTCdf(-critical, df, shift) : 0);
}

/**
 * Power of a t-test of two means (one variance), both tails counted.
 * @param control     units in control, n(1 + ratio) > 2
 * @param effectSize  |difference| in standard deviations, > 0
 * @param options     alpha, ratio, alternative
 * @returns probability of p < alpha, in (0, 1)
 * @throws ExperimentError `insufficient_data` at ["control"]; `out_of_range` at ["effectSize"] or ["options", …]
 * @source Cohen (1988), Statistical Power Analysis
 * @checked test/reference/power.json — mpmath 1.2.1, R 4.2.2 power.t.test(strict)
 * @example
 * powerForMeans(100, 0.4); // 0.8036
 */
export function powerForMeans(
  control: number,
  effectSize: number,
  options: Omit<PowerOptions, "power"> = {},
): number {
  checkOptions(options, powerForFields);
  const { ratio } = readPower(options);
  requireNumber(control, ["control"]);
  if (!(control * (1 + ratio) > 2))
    throw new ExperimentError({ insufficient_data }, ["control"], control, {
      expected: { above: 2 / (1 + ratio) },
    });
  requireNumber(effectSize, ["effectSize"], { above: 0 });
  return powerAt(control, effectSize, options);
}

/**
 * Units needed to find a difference of two means with a t-test.
 * @param effectSize  |difference| in standard deviations, > 0
 * @param options     alpha, power, ratio, alternative
 * @returns units in both arms, rounded up, and unrounded in control
 * @throws ExperimentError `out_of_range` at ["effectSize"] or ["options", …]; `unknown_key`, `unknown_name` at
 *         ["options", …]
 * @source Cohen (1988), Statistical Power Analysis
 * @checked test/reference/power.json — mpmath 1.2.1, R 4.2.2 power.t.test(strict)
 * @example
 * sampleSizeForMeans(0.2).control; // 394
 */
export function sampleSizeForMeans(effectSize: number, options: PowerOptions = {}): SampleSize {
  checkOptions(options, powerFields);
  requireNumber(effectSize, ["effectSize"], { above: 0 });
  const { power, ratio } = readPower(options);
  const points = normalPoints(options);
  const normal = (square((points.error + points.power) / effectSize) * (1 + ratio)) / ratio;
  const least = 2.0001 / (1 + ratio);
  const excess = (n: number) => powerAt(n, effectSize, options) - power;
  let high = Math.max(2 * least, normal + 4);
  while (excess(high) < 0) high *= 2;
  const low = Math.max(least, normal - 2);
  return sized(excess(low) >= 0 ? low : bracketedRoot(excess, low, high, 1e-13), ratio);
}
