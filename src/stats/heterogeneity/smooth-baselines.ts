import { square } from "../../core/powers.js";
import type { RatePart } from "./common-rate-effect.js";
import type { EffectScale } from "./level-table.js";

const within = (rate: number): number => Math.min(1, Math.max(0, rate));
const sizeOf = ({ control, treatment }: RatePart): number => control.n + treatment.n;

/**
 * Pulls the fitted baselines of one stratum together as far as their scatter is chance, the effect kept. Rates fitted to a
 * few units each lie too far apart; resamples drawn from them vary too little, and the test would find too much.
 * @param effect  the common difference, or the logarithm of the common ratio
 * @returns the rates of each part
 */
export function smoothBaselines(
  parts: readonly RatePart[],
  scale: EffectScale,
  effect: number,
): readonly { readonly control: number; readonly treatment: number }[] {
  let [units, squares, mean] = [0, 0, 0];
  for (const part of parts) {
    const n = sizeOf(part);
    units += n;
    squares += n * n;
    mean += (n * (part.controlRate - mean)) / units;
  }
  const chance = mean * (1 - mean);
  const spread = parts.length > 1 ? units - squares / units : 0;
  const scatter = parts.reduce((sum, part) => sum + sizeOf(part) * square(part.controlRate - mean), 0);
  const between = spread > 0 ? Math.max(0, (scatter - (parts.length - 1) * chance) / spread) : 0;
  return parts.map((part) => {
    const noise = chance / sizeOf(part);
    const share = noise > 0 ? between / (between + noise) : 1;
    const p = mean + share * (part.controlRate - mean);
    const q = within(scale === "difference" ? p + effect : p * Math.exp(effect));
    return { control: scale === "difference" ? within(q - effect) : p, treatment: q };
  });
}
