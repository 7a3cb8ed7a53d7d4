import { checkOptions } from "../inference/check-options.js";
import { readAlternative } from "../inference/read-options.js";
import { checkProportions, type Proportion } from "../proportions/proportion.js";
import { differenceOf, liftOf, scasInputs } from "../proportions/scas.js";
import { sequentialTail } from "./boundary.js";
import type { SequentialComparison } from "./sequential-means.js";
import { boundaryAt, methodOf, type SequentialOptions, sequentialFields } from "./sequential-options.js";

/**
 * Difference and lift of two proportions that may be looked at as often as one likes, small counts and unequal arms
 * included: every hypothesis is tested by the skewness-corrected score, with rates fitted under that hypothesis. (With
 * each arm's own variance, a null at 36 and 4 units per look and a rate of 1 % is rejected in a third of experiments.)
 * @param control    successes x among n units so far
 * @param treatment  the same of the other arm
 * @param options    tunedAt, in units of both arms; effect, the planned difference of rates; level, default 0.95;
 *                   alternative, default two-sided
 * @returns difference and lift, whose intervals and common pValue hold at every look; lift `undefined` or `unbounded` as
 *          in `scasLift`
 * @throws ExperimentError as `scasDifference`, and at ["options", "tunedAt"] or ["options", "effect"]
 * @source Laud (2017), Pharmaceutical Statistics 16, for the score; Waudby-Smith et al. (2024), Annals of Statistics 52,
 *         for the boundary
 * @checked test/stats/sequential.test.ts
 * @example
 * const plan = { tunedAt: 40_000, effect: 0.005 };
 * const { difference } = sequentialProportions({ x: 1000, n: 20_000 }, { x: 1110, n: 20_000 }, plan);
 * difference.pValue; // 0.1179
 */
export function sequentialProportions(
  control: Proportion,
  treatment: Proportion,
  options: SequentialOptions,
): SequentialComparison {
  checkOptions(options, sequentialFields);
  checkProportions(control, treatment);
  const n = control.n + treatment.n;
  // Half a success and half a failure more: a standard error to plan by, where nobody or everybody succeeded.
  const rate = (control.x + treatment.x + 0.5) / (n + 1);
  const standardError = Math.sqrt(rate * (1 - rate) * (1 / control.n + 1 / treatment.n));
  const tail = sequentialTail(boundaryAt(n, standardError, options), readAlternative(options));
  const inputs = scasInputs([{ control, treatment }]);
  const method = methodOf(options, "proportion");
  return {
    difference: { ...differenceOf(inputs, options, tail), method },
    lift: { ...liftOf(inputs, options, tail), method },
  };
}
