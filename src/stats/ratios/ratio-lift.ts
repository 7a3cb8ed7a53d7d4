import type { Estimate } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { checkOptions } from "../inference/check-options.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { normalTail, outside } from "../inference/tail.js";
import { type LiftOptions, liftFields, plainLift } from "../lift/lift.js";
import { amountsComparison } from "../skewed/amounts-comparison.js";
import { ratioAmounts } from "./ratio-amounts.js";
import { checkRatioArms, ratioArms } from "./ratio-arms.js";

/**
 * Relative change of a ratio of means, (treatment − control)/|control|.
 * @param control    moments of two values per unit, [numerator, denominator]; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    as `lift`: method (default Fieller, or the score of skewed amounts), critical, level, alternative
 * @returns Estimate as `lift` on the linearised ratios; `undefined` for a zero mean denominator, `unbounded` when a
 *          denominator's interval reaches zero
 * @throws ExperimentError as `ratioDifference` and `lift`
 * @source Deng, Knoblich & Lu (2018), KDD; Fieller (1954), JRSS B 16
 * @checked test/reference/ratios.json — mpmath 1.2.1, gbstats 0.8.0, tea-tasting
 * @example
 * const names = ["orders", "sessions"];
 * const arm = (orders: number) => ({ n: 1000, names, mean: [orders, 8], comoment: [1500, 1100, 3000] });
 * ratioLift(arm(2), arm(2.1)).value; // 0.05
 */
export function ratioLift(control: Moments, treatment: Moments, options: LiftOptions = {}): Estimate {
  checkOptions(options, liftFields);
  checkRatioArms(control, treatment);
  const amounts = options.method ? undefined : amountsComparison([{ control, treatment }], ratioAmounts);
  return amounts ? amounts.relative(options) : plainRatioLift(control, treatment, options);
}

/** The lift of ratios whose amounts are not compared by their score; arms and options were checked. */
export function plainRatioLift(control: Moments, treatment: Moments, options: LiftOptions): Estimate {
  const level = readLevel(options);
  const critical = normalTail.critical(outside(level, readAlternative(options)));
  const arms = ratioArms(control, treatment, options.method ?? "fieller", level, critical);
  return "failure" in arms ? arms.failure : plainLift(arms.control, arms.treatment, options);
}
