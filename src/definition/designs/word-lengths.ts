import type { FactorDefinition } from "../../core/definition.js";

/**
 * The generalized word-length pattern: element j sums, over all interactions of j factors, the squared correlation
 * with the constant, so it counts the words of length j of a regular fraction.
 * @param factors  the design's factors
 * @param runs     level indexes, one array a run
 * @param weights  share of each run, summing to 1
 * @param longest  last element wanted; default k, the number of factors
 * @returns elements 0 … longest; element 0 is 1
 * @source Xu & Wu (2001), Annals of Statistics 29 (pairwise form: Ma & Fang 2001, Metrika 53)
 */
export function generalizedWordLengths(
  factors: readonly FactorDefinition[],
  runs: readonly (readonly number[])[],
  weights: readonly number[],
  longest: number = factors.length,
): number[] {
  const k = longest;
  const pattern = new Array<number>(k + 1).fill(0);
  const term = new Float64Array(k + 1);
  for (let a = 0; a < runs.length; a++) {
    for (let b = a; b < runs.length; b++) {
      term.fill(0);
      term[0] = (a === b ? 1 : 2) * (weights[a] as number) * (weights[b] as number);
      for (let f = 0; f < factors.length; f++) {
        const same = runs[a]?.[f] === runs[b]?.[f];
        const factor = same ? (factors[f] as FactorDefinition).levels.length - 1 : -1;
        for (let j = Math.min(f + 1, k); j > 0; j--)
          term[j] = (term[j] as number) + factor * (term[j - 1] as number);
      }
      for (let j = 0; j <= k; j++) pattern[j] = (pattern[j] as number) + (term[j] as number);
    }
  }
  return pattern.map((value) => {
    const whole = Math.round(value);
    return Math.abs(value - whole) < 1e-7 ? whole + 0 : value;
  });
}
