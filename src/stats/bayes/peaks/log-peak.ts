import type { Peak } from "../quadrature/marginal-of.js";

/** A gamma distribution's density in t = log x. */
export function logPeak(shape: number, rate: number): Peak {
  const mode = Math.log(shape / rate);
  return [mode, (t) => shape * (Math.expm1(t - mode) - (t - mode))];
}
