import type { ScalarMoments } from "../../core/moments.js";
import { type ErrorPath, ExperimentError, insufficient_data } from "../../errors/index.js";
import { checkScalarMoments } from "../moments/check-moments.js";

/** @throws ExperimentError `insufficient_data` at `path` for fewer than `atLeast` */
export function requireUnits(count: number, path: ErrorPath, atLeast: number): void {
  if (!(count >= atLeast))
    throw new ExperimentError({ insufficient_data }, path, count, { expected: { atLeast } });
}

/**
 * Refuses moments that are impossible, or of too few units for a variance.
 * @throws ExperimentError `insufficient_data` at the path's n below 2, and what {@link checkScalarMoments} throws
 */
export function checkArm(moments: ScalarMoments, path: ErrorPath): void {
  checkScalarMoments(moments, path);
  if (moments.n < 2) requireUnits(moments.n, [...path, "n"], 2);
}

/** Both arms of a comparison; paths begin with `control` and `treatment`. */
export function checkArms(control: ScalarMoments, treatment: ScalarMoments): void {
  checkArm(control, ["control"]);
  checkArm(treatment, ["treatment"]);
}
