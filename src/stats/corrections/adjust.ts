import { requireWord } from "../../errors/index.js";
import { type Correction, corrections } from "./index.js";

/** The corrections' names. */
export const correctionNames = Object.keys(corrections) as readonly Correction[];

/**
 * Adjusts p-values for their number by a correction of which the name is known. The corrections can also be imported one
 * by one (`holm` …), which is smaller.
 * @param pValues     p-values in [0, 1], any order
 * @param correction  name of the correction, see `corrections`
 * @returns adjusted p-values in [0, 1], in the order given
 * @throws ExperimentError `unknown_name` at ["correction"]; as the correction at ["pValues", i]
 * @example
 * adjust([0.01, 0.04, 0.03], "holm"); // [0.03, 0.06, 0.06]
 */
export function adjust(pValues: readonly number[], correction: Correction): number[] {
  requireWord(correction, ["correction"], correctionNames);
  return corrections[correction](pValues);
}
