import { GAMMA, logBetaPower } from "./incomplete-beta.js";

/**
 * Mean of f(s) over s = √(χ²/df), the relative error of an estimated standard deviation.
 * @param f         a probability, monotone in s
 * @param df        degrees of freedom > 0; Infinity is s = 1
 * @param sharpness roughly the largest curvature of log f against log s; sets the step
 */
export function scaleAverage(f: (s: number) => number, df: number, sharpness = 0): number {
  if (df === Infinity) return f(1);
  // up to where the density, or the density against a small f(1), is negligible
  const reach = (80 - 2 * Math.log(f(1) + 1e-320)) / df;
  const top = Math.log1p(reach + Math.sqrt(reach * (reach + 2))) / 2;
  const step = 0.6 / Math.sqrt(12 + 2 * df + sharpness);
  let sum = 0;
  // downwards, because for few degrees of freedom the lower end lies far off
  for (let v = top; v > -1 - 745 / df; v -= step) {
    const power = logBetaPower(df / 2, GAMMA, Math.exp(2 * v), Math.expm1(2 * v), 2 * v);
    const term = f(Math.exp(v)) * Math.exp(power);
    sum += term;
    if (term < 1e-18 * sum) break;
  }
  return Math.min(2 * sum * step, 1);
}
