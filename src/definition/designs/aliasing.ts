import type { EffectFactors } from "./effects.js";

/** An effect that another one cannot be distinguished from, or only in part; no factors: the mean. */
export interface Confounding {
  readonly effect: EffectFactors;
  /**
   * How much of this effect an estimate of the other one picks up: ±1 is complete. Signed where both effects have one
   * contrast (two-level factors); otherwise the root of the summed squares over orthonormal contrasts.
   */
  readonly coefficient: number;
}

/** What a family of designs knows about which effects can be estimated separately. */
export interface Aliasing {
  /** Highest order of the aliases listed when nobody says how many. */
  readonly order: number;
  /** Element j: words of length j, in the generalized sense; element 0 is 1. */
  wordLengths(): number[];
  /** The words of the defining relation, where there is one. */
  relation(): Confounding[];
  /** Other effects of up to an order that an estimate of this effect picks up, lower orders first. */
  aliases(effect: EffectFactors, order: number): Confounding[];
  /**
   * The effects among those present that an effect cannot be distinguished from; empty when it can be estimated.
   * @param effect    the effect in question
   * @param asked     effects in the model, whatever their order
   * @param order     every effect up to this order may be present too; 0 for none
   */
  confounded(effect: EffectFactors, asked: readonly EffectFactors[], order: number): Confounding[];
}

/**
 * The full factorial, every combination equally often: nothing is aliased.
 * @param k  number of factors
 * @returns the aliasing
 */
export function noAliasing(k: number): Aliasing {
  return {
    order: k,
    wordLengths: () => [1, ...new Array<number>(k).fill(0)],
    relation: () => [],
    aliases: () => [],
    confounded: () => [],
  };
}
