import { powerOfTwo } from "../../core/powers.js";
import type { Aliasing, Confounding } from "./aliasing.js";
import { bitCount } from "./bit-count.js";
import { type EffectFactors, effectsOfOrder, sameEffect } from "./effects.js";

/** A factor of a regular fraction as a signed product of base factors (a bit each). */
export interface SignedWord {
  readonly mask: number;
  readonly sign: 1 | -1;
}

/**
 * The product of an effect's factors in terms of the base factors.
 * @param effect  factor indexes
 * @param words   each factor in terms of the base factors
 * @returns the product
 */
export function productOf(effect: EffectFactors, words: readonly SignedWord[]): SignedWord {
  return effect.reduce<SignedWord>(
    ({ mask, sign }, i) => {
      const word = words[i] as SignedWord;
      return { mask: mask ^ word.mask, sign: (sign * word.sign) as 1 | -1 };
    },
    { mask: 0, sign: 1 },
  );
}

/**
 * Every word of the defining relation: products of factors that are constant over the runs.
 * @param words      each factor in terms of the base factors
 * @param generated  indexes of the generated factors
 * @returns the words with their constant, short ones first
 */
export function definingWords(words: readonly SignedWord[], generated: readonly number[]): Confounding[] {
  const base = words.map((_, i) => i).filter((i) => !generated.includes(i));
  const found: Confounding[] = [];
  for (let subset = 1, end = powerOfTwo(generated.length); subset < end; subset++) {
    const chosen = generated.filter((_, bit) => (subset >> bit) & 1);
    const { mask, sign } = productOf(chosen, words);
    const effect = [...base.filter((_, bit) => (mask >> bit) & 1), ...chosen].sort((a, b) => a - b);
    found.push({ effect, coefficient: sign });
  }
  return found.sort(byOrder);
}

/** Lower orders first, then the factors' order. */
function byOrder(a: Confounding, b: Confounding): number {
  if (a.effect.length !== b.effect.length) return a.effect.length - b.effect.length;
  const i = a.effect.findIndex((factor, at) => factor !== b.effect[at]);
  return i < 0 ? 0 : (a.effect[i] as number) - (b.effect[i] as number);
}

/**
 * Aliasing of a regular two-level fraction: effects are either the same column, up to sign, or unrelated.
 * @param words      each factor in terms of the base factors
 * @param generated  indexes of the generated factors
 * @returns the aliasing
 */
export function regularAliasing(words: readonly SignedWord[], generated: readonly number[]): Aliasing {
  const k = words.length;
  let known: Confounding[] | undefined;
  const relation = () => (known ??= definingWords(words, generated));
  const aliases = (effect: EffectFactors, order: number): Confounding[] => {
    return relation()
      .map(({ effect: word, coefficient }) => ({
        effect: [...effect.filter((i) => !word.includes(i)), ...word.filter((i) => !effect.includes(i))].sort(
          (a, b) => a - b,
        ),
        coefficient,
      }))
      .filter((alias) => alias.effect.length <= order)
      .sort(byOrder);
  };
  return {
    order: k,
    wordLengths() {
      const lengths = [1, ...new Array<number>(k).fill(0)];
      const masks = generated.map((factor) => (words[factor] as SignedWord).mask);
      // Gray code: every subset of generated factors differs from the one before by one factor.
      let [chosen, mask, count] = [0, 0, 0];
      for (let subset = 1, end = powerOfTwo(masks.length); subset < end; subset++) {
        const bit = 31 - Math.clz32(subset & -subset);
        chosen ^= 1 << bit;
        count += (chosen >> bit) & 1 ? 1 : -1;
        mask ^= masks[bit] as number;
        const length = count + bitCount(mask);
        lengths[length] = (lengths[length] as number) + 1;
      }
      return lengths;
    },
    relation,
    aliases,
    confounded(effect, asked, order) {
      const own = productOf(effect, words);
      const present = [[], ...effectsOfOrder(k, 1, order), ...asked.filter((other) => other.length > order)];
      return present.flatMap((other) => {
        const { mask, sign } = productOf(other, words);
        const same = mask === own.mask && !sameEffect(other, effect);
        return same ? [{ effect: other, coefficient: sign * own.sign }] : [];
      });
    },
  };
}
