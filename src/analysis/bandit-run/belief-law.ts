import type { Belief } from "../../bandits/index.js";
import { closedForms, drawBelief } from "../../bandits/posterior/index.js";
import { power } from "../../core/powers.js";
import { normalPdf } from "../../distributions/index.js";
import { type RandomSource, randomSource } from "../../random/index.js";

/** What can be asked of one arm's posterior. */
export interface ArmLaw {
  density(x: number): number;
  quantile(p: number): number;
}

const draws = 4_000;

/** A law told by draws: quantiles of the sample, density by a normal kernel (the normal reference width). */
export function sampleLaw(sample: Float64Array): ArmLaw {
  const sorted = sample.slice().sort();
  const n = sorted.length;
  const at = (p: number) => sorted[Math.min(n - 1, Math.max(0, Math.round(p * n - 0.5)))] as number;
  let [mean, m2] = [0, 0];
  for (const [i, x] of sorted.entries()) {
    const gap = x - mean;
    mean += gap / (i + 1);
    m2 += gap * (x - mean);
  }
  const quarters = (at(0.75) - at(0.25)) / 1.349;
  const spread = Math.min(Math.sqrt(m2 / n), quarters > 0 ? quarters : 1 / 0);
  const width = 1.06 * spread * power(n, -0.2);
  return {
    quantile: at,
    density(x) {
      if (!(width > 0)) return 0;
      let sum = 0;
      for (const each of sorted) {
        const z = (x - each) / width;
        if (z > -6 && z < 6) sum += normalPdf(z);
      }
      return sum / (n * width);
    },
  };
}

function drawnLaws(belief: Belief, arms: number, random: RandomSource, count: number): Float64Array[] {
  const out = new Float64Array(arms);
  const samples = Array.from({ length: arms }, () => new Float64Array(count));
  for (let i = 0; i < count; i++) {
    drawBelief(belief, random, out);
    for (let arm = 0; arm < arms; arm++) (samples[arm] as Float64Array)[i] = out[arm] as number;
  }
  return samples;
}

/**
 * What is believed of every arm, averaged over contexts with equal weight: one context keeps the closed form where its
 * law has one, otherwise 4,000 posterior draws are shared out.
 * @param seed  the state's hash: the same state gives the same picture everywhere
 */
export function armLaws(beliefs: readonly Belief[], arms: number, seed: string): readonly ArmLaw[] {
  const [only] = beliefs;
  if (only && beliefs.length === 1 && only.law !== "joint") {
    const form = closedForms[only.law];
    if (form)
      return only.parameters.map((parameters) => ({
        density: (x) => form.density(x, parameters),
        quantile: (p) => form.quantile(p, parameters),
      }));
  }
  const random = randomSource(seed);
  const count = Math.ceil(draws / beliefs.length);
  const samples = beliefs.map((belief) => drawnLaws(belief, arms, random, count));
  return Array.from({ length: arms }, (_, arm) => {
    const whole = new Float64Array(count * beliefs.length);
    for (const [i, sample] of samples.entries()) whole.set(sample[arm] as Float64Array, i * count);
    return sampleLaw(whole);
  });
}
