import {
  type ErrorPath,
  ExperimentError,
  insufficient_data,
  negative_count,
  out_of_range,
  wrong_type,
} from "../../errors/index.js";

/** Successes `x` among `n` units. */
export interface Proportion {
  readonly x: number;
  readonly n: number;
}

/**
 * Refuses counts that are no proportion.
 * @throws ExperimentError `wrong_type` at the path; `negative_count` at its x or n unless an integer ≥ 0; `insufficient_data` at n = 0;
 *         `out_of_range` at x above n
 */
export function checkProportion(proportion: Proportion, path: ErrorPath): void {
  if (typeof proportion !== "object" || proportion === null)
    throw new ExperimentError({ wrong_type }, path, proportion);
  const { x, n } = proportion;
  if (!(n >= 0 && Number.isInteger(n))) throw new ExperimentError({ negative_count }, [...path, "n"], n);
  if (!(x >= 0 && Number.isInteger(x))) throw new ExperimentError({ negative_count }, [...path, "x"], x);
  if (n === 0) throw new ExperimentError({ insufficient_data }, [...path, "n"], n);
  if (x > n) throw new ExperimentError({ out_of_range }, [...path, "x"], x);
}

/** Both arms of a comparison; paths begin with `control` and `treatment`. */
export function checkProportions(control: Proportion, treatment: Proportion): void {
  checkProportion(control, ["control"]);
  checkProportion(treatment, ["treatment"]);
}

/** a·b and the part of it that rounding took away. */
function exactProduct(a: number, b: number): [product: number, rest: number] {
  const split = 134217729;
  const [as, bs] = [a * split, b * split];
  const [ah, bh] = [as - (as - a), bs - (bs - b)];
  const [al, bl] = [a - ah, b - bh];
  const product = a * b;
  return [product, ah * bh - product + ah * bl + al * bh + al * bl];
}

/** Treatment rate − control rate, without the cancellation of two rounded rates near each other. */
export function rateDifference(control: Proportion, treatment: Proportion): number {
  const [up, upRest] = exactProduct(treatment.x, control.n);
  const [down, downRest] = exactProduct(control.x, treatment.n);
  return (up - down + (upRest - downRest)) / treatment.n / control.n;
}
