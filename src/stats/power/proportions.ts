import { square } from "../../core/powers.js";
import { ExperimentError, requireNumber, requireObject, same_rates } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { normalPoints, type PowerOptions, powerFields, type SampleSize, sized } from "./inputs.js";

interface Points {
  readonly control: number;
  readonly treatment: number;
  readonly ratio: number;
  readonly error: number;
  readonly power: number;
}

function pooled({ control, treatment, ratio, error, power }: Points): number {
  const mean = (control + ratio * treatment) / (1 + ratio);
  const none = Math.sqrt(mean * (1 - mean) * (1 + 1 / ratio));
  const some = Math.sqrt(control * (1 - control) + (treatment * (1 - treatment)) / ratio);
  return square((error * none + power * some) / (treatment - control));
}

function unpooled({ control, treatment, ratio, error, power }: Points): number {
  const variance = control * (1 - control) + (treatment * (1 - treatment)) / ratio;
  return square((error + power) / (treatment - control)) * variance;
}

function arcsine({ control, treatment, ratio, error, power }: Points): number {
  const gap = 2 * Math.asin(Math.sqrt(treatment)) - 2 * Math.asin(Math.sqrt(control));
  return square((error + power) / gap) * (1 + 1 / ratio);
}

/** The family of sample-size formulas for two proportions. */
export const proportionSizes = { pooled, unpooled, arcsine } as const;

const proportionSizeFields = {
  ...powerFields,
  formula: { kind: "word", of: ["pooled", "unpooled", "arcsine"], optional: true },
} as const satisfies FieldsFor<PowerOptions & { readonly formula?: keyof typeof proportionSizes }>;

/**
 * Units needed to find a difference between two rates with a z-test.
 * @param rates    rate in control and in treatment, in (0, 1), different
 * @param options  formula: `"pooled"` (default: the test's variance under no difference), `"unpooled"`, `"arcsine"`;
 *                 alpha, power, ratio, alternative
 * @returns units in both arms, rounded up, and unrounded in control
 * @throws ExperimentError `out_of_range` at ["rates", arm] or ["options", …]; `same_rates` at
 *         ["rates", "treatment"]; `unknown_key`, `unknown_name` at ["options", …]
 * @source Fleiss, Levin & Paik (2003), ch. 4; Cohen (1988) for arcsine
 * @checked test/reference/power.json — mpmath 1.2.1, R 4.2.2 power.prop.test
 * @example
 * sampleSizeForProportions({ control: 0.1, treatment: 0.11 }).control; // 14751
 */
export function sampleSizeForProportions(
  rates: { readonly control: number; readonly treatment: number },
  options: PowerOptions & { readonly formula?: keyof typeof proportionSizes } = {},
): SampleSize {
  checkOptions(options, proportionSizeFields);
  requireObject(rates, ["rates"]);
  for (const arm of ["control", "treatment"] as const)
    requireNumber(rates[arm], ["rates", arm], { above: 0, below: 1 });
  if (rates.control === rates.treatment)
    throw new ExperimentError({ same_rates }, ["rates", "treatment"], rates.treatment);
  const { formula = "pooled" } = options;
  const points = normalPoints(options);
  return sized(proportionSizes[formula]({ ...rates, ...points }), points.ratio);
}
