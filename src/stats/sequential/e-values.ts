import { requireArray, requireNumber } from "../../errors/index.js";

/**
 * The e-BH procedure: which of many cells to name, with the false discovery rate held whatever their dependence. Pass each
 * cell's evidence at this look. Never pass the largest that it ever was: running maxima are not e-values, and lose the
 * guarantee. A cell whose adjusted value is ≤ α is named at that rate.
 * @param eValues  one per cell, ≥ 0, Infinity allowed; 1 ÷ an always-valid pValue of this look is one, its running
 *                 minimum is not
 * @returns adjusted values in [0, 1], in the order of the e-values
 * @throws ExperimentError `wrong_type` at ["eValues"]; `not_finite` or `out_of_range` at ["eValues", i]
 * @source Wang & Ramdas (2022), JRSS B 84, "False discovery rate control with e-values"
 * @checked test/stats/e-values.test.ts — by the procedure's definition
 * @example
 * eBenjaminiHochberg([100, 3, 30, 0.2]); // [0.04, 0.4444, 0.0667, 1]
 */
export function eBenjaminiHochberg(eValues: readonly number[]): number[] {
  requireArray(eValues, ["eValues"]);
  for (const [i, value] of eValues.entries())
    if (value !== Number.POSITIVE_INFINITY) requireNumber(value, ["eValues", i], { atLeast: 0 });
  const order = eValues.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const adjusted = eValues.map(() => 1);
  let least = 1;
  // From the weakest up: a cell is named with every stronger one.
  order.forEach(({ value, i }, below) => {
    const rank = order.length - below;
    least = Math.min(least, order.length / (rank * value));
    adjusted[i] = least;
  });
  return adjusted;
}
