import type { EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { ExperimentError, mismatched_names } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { checkMoments } from "../moments/check-moments.js";
import { type Reasons, readReasons } from "./read-reasons.js";

/**
 * Why the mean of an amount differs: revenue per unit = share of buyers × orders per buyer × revenue per order, and the
 * difference is split among the factors by their logarithmic mean, so that the parts add up to it exactly. Standard errors
 * by the delta method on the joint moments.
 * @param control    joint moments of k ≥ 2 values per unit, each a step towards the last: `["buyer", "orders", "revenue"]`; n ≥ 2
 * @param treatment  the same values of the other arm, in the same order
 * @param options    level, default 0.95; alternative, default two-sided
 * @returns a part per value and the whole difference, in the last value's unit; `undefined` with the reason where a value's mean is zero
 *   (nobody bought) or negative on a side
 * @throws ExperimentError what `checkMoments` throws; `insufficient_data` at [arm, "names"] or [arm, "n"];
 *         `mismatched_names` at ["treatment", "names"]; `out_of_range` at ["options", "level"]
 * @source Ang & Liu (2001), Energy 26, for the logarithmic mean; Oehlert (1992), American Statistician 46, for the delta method
 * @checked test/reference/reasons.json — Python 3 fractions and finite differences, see reasons.py
 * @example
 * const names = ["buyer", "orders", "revenue"];
 * const arm = (buyer: number) => ({ n: 1000, names, mean: [buyer, 0.15, 4], comoment: [90, 120, 200, 2000, 3000, 90000] });
 * const found = reasonsForDifference(arm(0.1), arm(0.12));
 * found.status === "ok" && found.reasons.map(({ contribution }) => contribution.value); // [0.7293, -0.7293, 0]
 */
export function reasonsForDifference(
  control: Moments,
  treatment: Moments,
  options: EstimateOptions = {},
): Reasons {
  checkOptions(options, estimateFields);
  for (const [arm, moments] of Object.entries({ control, treatment })) {
    checkMoments(moments, [arm]);
    requireUnits(moments.names.length, [arm, "names"], 2);
    requireUnits(moments.n, [arm, "n"], 2);
  }
  if (control.names.join("\n") !== treatment.names.join("\n"))
    throw new ExperimentError({ mismatched_names }, ["treatment", "names"], treatment.names.join(", "), {
      known: control.names,
    });
  return readReasons([{ control, treatment }])(options);
}
