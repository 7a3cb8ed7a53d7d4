import { square } from "../../../core/powers.js";
import type { Peak } from "../quadrature/marginal-of.js";

/** A shifted and scaled t distribution's density. */
export const studentPeak = (mode: number, scale: number, df: number): Peak => [
  mode,
  (x) => ((df + 1) / 2) * Math.log1p(square((x - mode) / scale) / df),
];
