import type { ScalarMoments } from "../../core/moments.js";
import { ExperimentError, not_finite, requireList, requireNumber } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";

/**
 * Moments of values held in memory: two passes, the second about the first's mean, so nothing cancels.
 * @param values  one value per unit, finite, at least one
 * @returns n, mean, m2 = Σ(x − x̄)², m3 = Σ(x − x̄)³, the number that are not zero, and max, in the values' unit and its
 *          powers
 * @throws ExperimentError `insufficient_data` at ["values", "length"] for no values; `missing_value`,
 *         `wrong_type` or `not_finite` at ["values", i] for the first value that is not a finite number (or whose powers
 *         overflow)
 * @source Chan, Golub & LeVeque (1983), The American Statistician 37 (corrected two-pass)
 * @checked test/reference/moments.json — mpmath 1.2.1
 * @example
 * const { n, mean, m2 } = momentsOf([0, 0, 12.5, 0, 40]);
 * [n, mean, m2]; // [5, 10.5, 1205]
 */
export function momentsOf(values: ArrayLike<number>): Required<ScalarMoments> {
  requireList(values, ["values"]);
  const n = values.length;
  requireUnits(n, ["values", "length"], 1);
  let sum = 0;
  let nonzero = 0;
  let max = values[0] as number;
  for (let i = 0; i < n; i++) {
    const x = values[i] as number;
    if (typeof x !== "number") requireNumber(x, ["values", i]);
    sum += x;
    if (x !== 0) nonzero++;
    if (x > max) max = x;
  }
  const centre = sum / n;
  let rest = 0;
  let second = 0;
  let third = 0;
  for (let i = 0; i < n; i++) {
    const d = (values[i] as number) - centre;
    const square = d * d;
    rest += d;
    second += square;
    third += square * d;
  }
  const shift = rest / n;
  const mean = centre + shift;
  const m2 = Math.max(0, second - rest * shift);
  const m3 = third - 3 * shift * second + 2 * n * shift * shift * shift;
  if (!Number.isFinite(mean) || !Number.isFinite(m3)) {
    let worst = 0;
    for (let i = 0; i < n; i++) {
      const x = values[i];
      requireNumber(x, ["values", i]);
      if (Math.abs(x) > Math.abs(values[worst] as number)) worst = i;
    }
    throw new ExperimentError({ not_finite }, ["values", worst], values[worst]);
  }
  return { n, mean, m2, m3, nonzero, max };
}
