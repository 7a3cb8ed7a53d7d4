import type { Peak } from "../quadrature/marginal-of.js";

/** A beta distribution's density in log-odds t = log(x / (1 − x)), where it is smooth for every a, b > 0. */
export function logOddsPeak(a: number, b: number): Peak {
  const log = (t: number) => (a + b) * (Math.min(t, 0) - Math.log1p(Math.exp(-Math.abs(t)))) - b * t;
  const mode = Math.log(a / b);
  const peak = log(mode);
  return [mode, (t) => peak - log(t)];
}
