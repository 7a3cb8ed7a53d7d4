import { insufficient_data, negative_count, out_of_range } from "../../core/errors.js";
import { type ErrorPath, ExperimentError } from "../../core/experiment-error.js";

/** Successes `x` among `n` units. */
export interface Proportion {
  readonly x: number;
  readonly n: number;
}

/**
 * Refuses counts that are no proportion.
 * @throws ExperimentError `negative_count` at the path's x or n unless an integer ≥ 0; `insufficient_data` at n = 0;
 *         `out_of_range` at x above n
 */
export function checkProportion({ x, n }: Proportion, path: ErrorPath): void {
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
