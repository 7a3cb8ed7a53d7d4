import {
  type ErrorPath,
  ExperimentError,
  errorOf,
  nearName,
  type Problem,
  problem,
  unknown_factor,
  wrong_type,
} from "../../errors/index.js";

/** A main effect (one factor) or an interaction (several), as increasing factor indexes. */
export type EffectFactors = readonly number[];

/** A, B … without I, which is the identity in the literature on designs. */
const letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

/** Index of a factor by its name or, where no factor is named by a single capital, by its letter; -1 if there is none. */
function factorIndex(word: string, names: readonly string[]): number {
  const named = names.indexOf(word);
  if (named >= 0 || names.some((name) => /^[A-Z]$/.test(name))) return named;
  const lettered = word.length === 1 ? letters.indexOf(word) : -1;
  return lettered < names.length ? lettered : -1;
}

/**
 * Reads a product of factors: `"hero:cta"`, `"hero*cta"`, or letters in the factors' order, `"AB"`.
 * @param text   the product
 * @param names  the factors' names
 * @param path   where the text stands in the input
 * @returns increasing factor indexes, or the problem
 */
export function parseEffect(
  text: unknown,
  names: readonly string[],
  path: ErrorPath,
): EffectFactors | Problem {
  const word = String(text).trim();
  const parts = word.split(/\s*[:*×]\s*/);
  const whole = parts.map((part) => factorIndex(part, names));
  const indexes =
    parts.length === 1 && whole[0] === -1 ? [...word].map((char) => factorIndex(char, names)) : whole;
  const bad =
    typeof text !== "string" || word === "" || indexes.includes(-1) || new Set(indexes).size < indexes.length;
  if (!bad) return indexes.sort((a, b) => a - b);
  return problem({ unknown_factor }, path, text, nearName(parts[whole.indexOf(-1)] ?? word, names));
}

/**
 * Reads a list of effects, each as {@link parseEffect} does.
 * @param effects  the list
 * @param names    the factors' names
 * @param path     where the list stands in the input
 * @returns the effects as factor indexes, each once
 * @throws ExperimentError with all problems: `unknown_factor` at [...path, i], `wrong_type` at the path
 */
export function parseEffects(
  effects: readonly string[],
  names: readonly string[],
  path: ErrorPath,
): EffectFactors[] {
  if (!Array.isArray(effects))
    throw new ExperimentError({ wrong_type }, path, effects, { expected: { type: "list" } });
  const parsed = Array.from(effects, (effect, i) => parseEffect(effect, names, [...path, i]));
  const problems = parsed.filter((each): each is Problem => "code" in each);
  if (problems.length > 0) throw errorOf(problems);
  const found = parsed as EffectFactors[];
  return found.filter((effect, i) => found.findIndex((other) => sameEffect(other, effect)) === i);
}

/**
 * An effect in factor names.
 * @param effect  factor indexes
 * @param names   the factors' names
 * @returns e.g. `"hero:cta"`
 */
export function effectName(effect: EffectFactors, names: readonly string[]): string {
  return effect.map((i) => names[i]).join(":");
}

/**
 * Every effect of some orders, lower orders first.
 * @param k     number of factors
 * @param from  lowest order
 * @param to    highest order
 * @returns the effects
 */
export function* effectsOfOrder(k: number, from: number, to: number): Generator<number[]> {
  for (let order = from; order <= Math.min(to, k); order++) {
    const chosen = Array.from({ length: order }, (_, i) => i);
    for (;;) {
      yield [...chosen];
      let i = order - 1;
      while (i >= 0 && chosen[i] === k - order + i) i -= 1;
      if (i < 0) break;
      chosen[i] = (chosen[i] as number) + 1;
      for (let j = i + 1; j < order; j++) chosen[j] = (chosen[j - 1] as number) + 1;
    }
  }
}

/**
 * Whether two effects are the same.
 * @param a  increasing factor indexes
 * @param b  increasing factor indexes
 * @returns true when they name the same factors
 */
export function sameEffect(a: EffectFactors, b: EffectFactors): boolean {
  return a.length === b.length && a.every((factor, i) => factor === b[i]);
}
