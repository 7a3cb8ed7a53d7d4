import type { Proportion } from "../proportions/proportion.js";
import { restrictedRate } from "../proportions/restricted-rate.js";
import type { EffectScale, WeightedPart } from "./level-table.js";

/** Counts of both arms of one level, and what a common effect leaves of them. */
export interface RatePart extends WeightedPart {
  readonly control: Proportion;
  readonly treatment: Proportion;
  /** Rates of largest likelihood under the common effect. */
  controlRate: number;
  treatmentRate: number;
}

/** Fits one part at a difference; leaves gap = d − δ and its inverse variance. */
function fitDifference(part: RatePart, difference: number): void {
  const { control, treatment } = part;
  const [m, n] = [control.n, treatment.n];
  const p = restrictedRate(control, treatment, difference);
  const q = Math.min(1, Math.max(0, p + difference));
  // N/(N − 1): the variance given the part's total, so that even a part of a few units has a score of variance 1.
  const variance = (Math.max(0, p * (1 - p)) / m + (q * (1 - q)) / n) * ((m + n) / (m + n - 1));
  part.controlRate = p;
  part.treatmentRate = q;
  part.gap = treatment.x / n - control.x / m - difference;
  part.weight = variance > 0 ? 1 / variance : 0;
}

/** Fits one part at a logarithm of the ratio; leaves gap = (q̂ − ρ p̂)/q̃ and its inverse variance. */
function fitRatio(part: RatePart, logRatio: number): void {
  const { control, treatment } = part;
  const [m, n] = [control.n, treatment.n];
  const x = control.x + treatment.x;
  const ratio = Math.exp(logRatio);
  const b = (n + control.x) * ratio + treatment.x + m;
  // Of the quadratic N·ρ·p² − b·p + x the root that does not cancel.
  const p = Math.min(1, (2 * x) / (b + Math.sqrt(Math.max(0, b * b - 4 * (m + n) * ratio * x))));
  const q = Math.min(1, ratio * p);
  const variance = ((q * (1 - q)) / n + (ratio * ratio * p * (1 - p)) / m) * ((m + n) / (m + n - 1));
  part.controlRate = p;
  part.treatmentRate = q;
  part.gap = q > 0 ? (treatment.x / n - (ratio * control.x) / m) / q : 0;
  part.weight = variance > 0 ? (q * q) / variance : 0;
}

const fits = { difference: fitDifference, lift: fitRatio };

/** Where an effect may lie: differences, and logarithms of ratios as far as counts can distinguish them. */
const reach = { difference: 1, lift: 40 };

/** Mantel and Haenszel's common effect, to start from. */
function start(parts: readonly RatePart[], scale: EffectScale): number {
  let up = 0;
  let down = 0;
  let weight = 0;
  for (const { control, treatment } of parts) {
    const units = control.n + treatment.n;
    up += (treatment.x * control.n) / units;
    down += (control.x * treatment.n) / units;
    weight += (control.n * treatment.n) / units;
  }
  if (scale === "difference") return (up - down) / weight;
  return Math.max(-reach.lift, Math.min(reach.lift, Math.log(up / down)));
}

/**
 * The effect of largest likelihood that is common to some parts, every part with a baseline of its own. The likelihood is
 * concave along both scales, so its slope Σ weight · gap falls through one zero; scoring steps, kept in a bracket.
 * @param parts      of one stratum; with successes and failures, for lifts with successes on both sides. Their fit is left
 *                   in them
 * @param tolerance  of the effect, in standard errors
 * @returns the common difference, or the logarithm of the common ratio
 */
export function commonRateEffect(parts: readonly RatePart[], scale: EffectScale, tolerance: number): number {
  const fitPart = fits[scale];
  let low = -reach[scale];
  let high = reach[scale];
  let effect = start(parts, scale);
  for (let round = 0; round < 200; round++) {
    let slope = 0;
    let information = 0;
    for (const part of parts) {
      fitPart(part, effect);
      slope += part.weight * part.gap;
      information += part.weight;
    }
    if (slope === 0 || !(information > 0)) break;
    if (slope > 0) low = effect;
    else high = effect;
    const step = slope / information;
    if (step * step * information <= tolerance * tolerance) break;
    if (high - low <= 1e-15 * Math.max(Math.abs(low), Math.abs(high))) break;
    const next = effect + step;
    effect = next > low && next < high ? next : (low + high) / 2;
  }
  return effect;
}
