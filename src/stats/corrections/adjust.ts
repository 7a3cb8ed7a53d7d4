import { ExperimentError, out_of_range, unknown_key } from "../../errors/index.js";
import { type Correction, corrections } from "./index.js";

/**
 * Adjusts p-values for their number, with input from outside checked. The corrections can also be imported one by
 * one (`holm` …), which is smaller and leaves the checking to the caller.
 * @param pValues     p-values in [0, 1], any order
 * @param correction  name of the correction, see `corrections`
 * @returns adjusted p-values in [0, 1], in the order given
 * @throws ExperimentError `unknown_key` at ["correction"]; `out_of_range` at ["pValues", i]
 * @example
 * adjust([0.01, 0.04, 0.03], "holm"); // [0.03, 0.06, 0.06]
 */
export function adjust(pValues: readonly number[], correction: Correction): number[] {
  if (!Object.hasOwn(corrections, correction))
    throw new ExperimentError({ unknown_key }, ["correction"], correction);
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1)) throw new ExperimentError({ out_of_range }, ["pValues", i], p);
  });
  return corrections[correction](pValues);
}
