import type { ScalarMoments } from "../../core/moments.js";
import { type ErrorPath, ExperimentError, insufficient_data } from "../../errors/index.js";
import { checkScalarMoments } from "../moments/check-moments.js";

/**
 * Refuses moments that are impossible, or of too few units for a variance.
 * @throws ExperimentError `insufficient_data` at the path's n below 2, and what {@link checkScalarMoments} throws
 */
export function checkArm(moments: ScalarMoments, path: ErrorPath): void {
  checkScalarMoments(moments, path);
  if (moments.n < 2) throw new ExperimentError({ insufficient_data }, [...path, "n"], moments.n);
}

/** Both arms of a comparison; paths begin with `control` and `treatment`. */
export function checkArms(control: ScalarMoments, treatment: ScalarMoments): void {
  checkArm(control, ["control"]);
  checkArm(treatment, ["treatment"]);
}
