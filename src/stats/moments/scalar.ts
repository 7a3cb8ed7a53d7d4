import type { Draft } from "../../core/draft.js";
import type { Moments, ScalarMoments } from "../../core/moments.js";
import { requireNumber } from "../../errors/index.js";
import { packedIndex } from "../../linear/index.js";
import { checkLists, fitsLists } from "./check-moments.js";

/**
 * One value's moments out of several.
 * @param moments  moments of k values per unit
 * @param index    which value, 0 … k − 1; default the first
 * @returns its count, mean, m2, and m3, nonzero and max where they were kept
 * @throws ExperimentError `out_of_range` at ["index"] when there is no such value; `missing_value` or `wrong_type` at
 *         what is not moments
 * @example
 * const both = { n: 3, names: ["orders", "sessions"], mean: [1, 4], comoment: [2, 3, 6] };
 * scalar(both, 1); // { n: 3, mean: 4, m2: 6 }
 */
export function scalar(moments: Moments, index = 0): ScalarMoments {
  if (!fitsLists(moments)) checkLists(moments, ["moments"]);
  if (!(Number.isInteger(index) && index >= 0 && index < moments.mean.length))
    requireNumber(index, ["index"], { atLeast: 0, below: moments.mean.length, whole: true });
  const { n, mean, comoment, m3, nonzero, max } = moments;
  const own: Draft<ScalarMoments> = {
    n,
    mean: mean[index] as number,
    m2: comoment[packedIndex(index, index)] as number,
  };
  if (m3) own.m3 = m3[index] as number;
  if (nonzero) own.nonzero = nonzero[index] as number;
  if (max) own.max = max[index] as number;
  return own;
}
