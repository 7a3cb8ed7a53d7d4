import { square } from "../core/powers.js";
import { normalSurvival } from "../distributions/index.js";
import type { MeasuredEffect } from "../stats/index.js";

/** What is believed of one effect. */
export interface MixturePosterior {
  readonly mean: number;
  readonly variance: number;
  /** Probability that the effect is not above zero. */
  readonly notBetter: number;
}

interface Component {
  readonly mean: number;
  readonly variance: number;
}

const mostRounds = 1000;
const fewRounds = 60;
/** EM has arrived once no share moves by more. */
const still = 1e-5;

/** Spreads from far below the smallest error to far above the largest effect, each twice the one before. */
function spreads(effects: readonly MeasuredEffect[]): readonly number[] {
  let smallest = Infinity;
  let largest = 0;
  for (const { value, standardError } of effects) {
    smallest = Math.min(smallest, standardError);
    largest = Math.max(largest, square(value) - square(standardError));
  }
  const low = smallest / 4;
  const high = Math.max(2 * Math.sqrt(largest), 8 * low);
  const all: number[] = [];
  for (let at = low; at < 2 * high && all.length < 40; at *= 2) all.push(at);
  return all;
}

/**
 * A prior of effects, learned from all of them: some are exactly zero, the others are normal around zero or around the
 * mean of all, with spreads of which any mixture may come out (adaptive shrinkage). Shares are penalized maximum
 * likelihood: what the data leave open counts as "no effect".
 */
export class EffectMixture {
  readonly #effects: readonly MeasuredEffect[];
  readonly #components: readonly Component[];
  /** Likelihood of each effect under each component, beside its best one; effect by effect. */
  readonly #likelihoods: Float64Array;
  readonly #penalty: number;

  constructor(effects: readonly MeasuredEffect[], mean: number) {
    const components: Component[] = [{ mean: 0, variance: 0 }];
    for (const spread of spreads(effects)) {
      components.push({ mean: 0, variance: square(spread) });
      components.push({ mean, variance: square(spread) });
    }
    this.#effects = effects;
    this.#components = components;
    this.#likelihoods = new Float64Array(effects.length * components.length);
    this.#penalty = Math.min(9, effects.length / 10);
    effects.forEach(({ value, standardError }, i) => {
      const logs = components.map((component) => {
        const variance = square(standardError) + component.variance;
        return -square(value - component.mean) / (2 * variance) - Math.log(variance) / 2;
      });
      const best = Math.max(...logs);
      this.#likelihoods.set(
        logs.map((log) => Math.exp(log - best)),
        i * components.length,
      );
    });
  }

  /**
   * @param counts  whether an effect may be learned from; default all
   * @param start   shares to start from, which are then near already
   * @returns the share of each component
   */
  shares(counts?: (i: number) => boolean, start?: Float64Array): Float64Array {
    const size = this.#components.length;
    let shares = start ?? new Float64Array(size).fill(1 / size);
    const used = this.#effects.map((_, i) => i).filter((i) => counts?.(i) ?? true);
    for (let round = 0; round < (start ? fewRounds : mostRounds); round++) {
      const next = new Float64Array(size);
      next[0] = this.#penalty;
      for (const i of used) {
        const from = i * size;
        let total = 0;
        for (let k = 0; k < size; k++) total += (shares[k] ?? 0) * (this.#likelihoods[from + k] ?? 0);
        for (let k = 0; k < size; k++)
          next[k] = (next[k] ?? 0) + ((shares[k] ?? 0) * (this.#likelihoods[from + k] ?? 0)) / total;
      }
      let moved = 0;
      for (let k = 0; k < size; k++) {
        const share = (next[k] ?? 0) / (used.length + this.#penalty);
        moved = Math.max(moved, Math.abs(share - (shares[k] ?? 0)));
        next[k] = share;
      }
      shares = next;
      if (moved < still) break;
    }
    return shares;
  }

  /** What is believed of the i-th effect. */
  posterior(i: number, shares: Float64Array): MixturePosterior {
    const { value = 0, standardError = 1 } = this.#effects[i] ?? {};
    const own = square(standardError);
    let total = 0;
    let mean = 0;
    let squares = 0;
    let notBetter = 0;
    this.#components.forEach((component, k) => {
      const weight = (shares[k] ?? 0) * (this.#likelihoods[i * this.#components.length + k] ?? 0);
      if (weight === 0) return;
      const kept = component.variance / (component.variance + own);
      const center = component.mean + kept * (value - component.mean);
      const variance = kept * own;
      total += weight;
      mean += weight * center;
      squares += weight * (square(center) + variance);
      notBetter += weight * (variance === 0 ? 1 : normalSurvival(center / Math.sqrt(variance)));
    });
    mean /= total;
    return { mean, variance: Math.max(0, squares / total - square(mean)), notBetter: notBetter / total };
  }
}
