import { type ErrorPath, requireNumber, requireObject } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { requireCount } from "../moments/require-count.js";

/** Successes `x` among `n` units. */
export interface Proportion {
  readonly x: number;
  readonly n: number;
}

/**
 * Refuses counts that are not those of a proportion.
 * @throws ExperimentError `missing_value` or `wrong_type` at the path or a field's; `negative_count` at its x or n unless an integer ≥ 0; `insufficient_data` at n = 0;
 *         `out_of_range` at x above n
 */
export function checkProportion(proportion: Proportion, path: ErrorPath): void {
  requireObject(proportion, path);
  const { x, n } = proportion;
  if (!(n >= 0 && Number.isInteger(n))) requireCount(n, [...path, "n"]);
  if (!(x >= 0 && Number.isInteger(x))) requireCount(x, [...path, "x"]);
  if (n === 0) requireUnits(n, [...path, "n"], 1);
  if (x > n) requireNumber(x, [...path, "x"], { atLeast: 0, atMost: n });
}

/** Both arms of a comparison; paths begin with `control` and `treatment`. */
export function checkProportions(control: Proportion, treatment: Proportion): void {
  checkProportion(control, ["control"]);
  checkProportion(treatment, ["treatment"]);
}

/** The part of a·b that rounding takes away. */
function productRest(a: number, b: number): number {
  const split = 134217729;
  const as = a * split;
  const bs = b * split;
  const ah = as - (as - a);
  const bh = bs - (bs - b);
  const al = a - ah;
  const bl = b - bh;
  return ah * bh - a * b + ah * bl + al * bh + al * bl;
}

/** Treatment rate − control rate, without the cancellation of two rounded rates near each other. */
export function rateDifference(control: Proportion, treatment: Proportion): number {
  const whole = treatment.x * control.n - control.x * treatment.n;
  const rest = productRest(treatment.x, control.n) - productRest(control.x, treatment.n);
  return (whole + rest) / treatment.n / control.n;
}
