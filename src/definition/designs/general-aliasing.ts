import type { FactorDefinition } from "../../core/definition.js";
import { cholesky, packSymmetric, solve } from "../../linear/index.js";
import type { Aliasing, Confounding } from "./aliasing.js";
import { effectColumns, orthonormalContrasts } from "./contrasts.js";
import { type EffectFactors, effectsOfOrder, sameEffect } from "./effects.js";
import { OrthonormalBasis } from "./orthonormal-basis.js";
import { generalizedWordLengths } from "./word-lengths.js";

const tiny = 1e-6;

/** A coefficient is signed for single contrasts, else the root of the block's summed squares. */
function coefficientOf(block: readonly (readonly number[])[]): number {
  if (block.length === 1 && block[0]?.length === 1) return block[0][0] as number;
  return Math.sqrt(block.reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0));
}

const dot = (a: readonly number[], b: ArrayLike<number>) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

/**
 * Aliasing of any set of weighted runs, by linear algebra on orthonormal contrasts.
 * @param factors  the design's factors
 * @param runs     level indexes, one array a run
 * @param weights  share of each run, summing to 1
 * @param model    effects that estimates are adjusted for: main effects, or those an optimal design was made for
 * @returns the aliasing
 */
export function generalAliasing(
  factors: readonly FactorDefinition[],
  runs: readonly (readonly number[])[],
  weights: readonly number[],
  model: readonly EffectFactors[],
): Aliasing {
  const k = factors.length;
  const roots = weights.map(Math.sqrt);
  const known = new Map<string, number[][]>();
  const columnsOf = (effect: EffectFactors): number[][] => {
    const key = effect.join();
    let columns = known.get(key);
    if (!columns) {
      columns = effectColumns(factors, runs, effect, orthonormalContrasts).map((column) =>
        column.map((value, r) => value * (roots[r] as number)),
      );
      known.set(key, columns);
    }
    return columns;
  };
  const separable = new Map<number, boolean>();
  /** Whether every effect up to an order can be estimated separately from all the others. */
  const allSeparable = (order: number): boolean => {
    let answer = separable.get(order);
    if (answer === undefined) {
      const basis = new OrthonormalBasis(runs.length);
      answer = true;
      for (const each of [[], ...effectsOfOrder(k, 1, order)]) {
        answer &&= columnsOf(each).every((column) => basis.add(column));
        if (!answer) break;
      }
      separable.set(order, answer);
    }
    return answer;
  };
  const isIn = (effect: EffectFactors, list: readonly EffectFactors[]) =>
    list.some((other) => sameEffect(other, effect));

  /** Other effects whose contrasts are correlated with this one's over the runs. */
  const related = (effect: EffectFactors, others: readonly EffectFactors[]): Confounding[] => {
    const own = columnsOf(effect);
    return others.flatMap((other) => {
      if (sameEffect(other, effect)) return [];
      const block = columnsOf(other);
      const coefficient = rounded(coefficientOf(own.map((a) => block.map((b) => dot(a, b)))));
      return Math.abs(coefficient) > tiny ? [{ effect: other, coefficient }] : [];
    });
  };

  /** The effect first, then what it is adjusted for, as far as the design can separate the two. */
  const adjusted = (effect: EffectFactors): { columns: number[][]; effects: EffectFactors[] } => {
    const margins = effect.map((factor) => [factor]);
    const others = isIn(effect, model) ? model : effect.length > 1 ? margins : [];
    const basis = new OrthonormalBasis(runs.length);
    const columns: number[][] = [];
    const effects: EffectFactors[] = [];
    for (const each of [[], effect, ...others.filter((other) => !sameEffect(other, effect))]) {
      const block = columnsOf(each);
      if (!basis.wouldGrowBy(block)) continue;
      for (const column of block) basis.add(column);
      columns.push(...block);
      effects.push(each);
    }
    return { columns, effects };
  };

  const aliases = (effect: EffectFactors, order: number): Confounding[] => {
    const { columns, effects } = adjusted(effect);
    const others = [[], ...effectsOfOrder(k, 1, order)];
    // Contrasts that the mean or each other already give cannot be adjusted: what they share is told as it is.
    if (!isIn(effect, effects)) return related(effect, others);
    const factor = cholesky(packSymmetric(columns.map((a) => columns.map((b) => dot(a, b)))), columns.length);
    const own = columnsOf(effect).map((_, i) =>
      solve(
        factor,
        columns.map((_, j) => (j === i + 1 ? 1 : 0)),
      ),
    );
    const found: Confounding[] = [];
    for (const other of others) {
      if (isIn(other, effects)) continue;
      const products = columnsOf(other).map((column) => columns.map((each) => dot(each, column)));
      const coefficient = coefficientOf(own.map((row) => products.map((product) => dot(product, row))));
      if (Math.abs(coefficient) > tiny) found.push({ effect: other, coefficient: rounded(coefficient) });
    }
    return found;
  };

  return {
    order: 2,
    wordLengths: () => generalizedWordLengths(factors, runs, weights),
    relation: () => [],
    aliases,
    confounded(effect, asked, order) {
      if (asked.every((each) => each.length <= order) && allSeparable(order)) return [];
      const present = [[], ...effectsOfOrder(k, 1, order), ...asked.filter((other) => other.length > order)];
      const others = present.filter((other) => !sameEffect(other, effect));
      const block = columnsOf(effect);
      const basis = new OrthonormalBasis(runs.length);
      for (const each of others) {
        if (basis.full) break;
        for (const column of columnsOf(each)) basis.add(column);
      }
      if (basis.wouldGrowBy(block)) return [];
      const shared = related(effect, others);
      const complete = shared.filter(({ coefficient }) => Math.abs(coefficient) > 1 - tiny);
      if (complete.length > 0) return complete;
      // Contrasts that no run varies are related to nothing, and to be refused all the same.
      return shared.length > 0 ? shared : [{ effect: [], coefficient: 0 }];
    },
  };
}

/** Without the last digits' noise where the value is a fraction with a denominator up to ten. */
function rounded(value: number): number {
  const simple = Math.round(value * 2520) / 2520 + 0;
  return Math.abs(value - simple) < 1e-7 ? simple : value;
}
