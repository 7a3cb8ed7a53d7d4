import { addOuterProduct, cholesky, packedLength, solveLower } from "../../linear/index.js";
import type { WeightedPart } from "./level-table.js";

/** Weights of one level's parts, one entry per stratum, and Σ weight · gap. */
interface LevelSum {
  weight: number;
  sum: number;
  readonly byStratum: number[];
}

/** Numbers strata so that those linked by a level, directly or through others, have the same number. */
function groupsOf(strata: number, levels: Iterable<LevelSum>): readonly number[] {
  let group = Array.from({ length: strata }, (_, s) => s);
  for (const { byStratum } of levels) {
    const linked = new Set(group.filter((_, s) => (byStratum[s] ?? 0) > 0));
    if (linked.size < 2) continue;
    const [first] = linked;
    group = group.map((own) => (linked.has(own) ? (first ?? own) : own));
  }
  return group;
}

/**
 * χ² of "no level differs", within strata that have an effect of their own each: what levels explain of the gaps beyond
 * what strata do, by weighted least squares. Over one stratum this is Σ weight · (gap − mean gap)², Cochran's Q.
 * @param strata  parts of each stratum, each level once
 * @returns the statistic and its degrees of freedom: levels minus groups of levels that strata do not link
 */
export function levelsQ(strata: readonly (readonly WeightedPart[])[]): {
  readonly q: number;
  readonly df: number;
} {
  let [q, told] = [0, 0];
  const sums = strata.map((parts) => {
    let [weight, sum] = [0, 0];
    for (const part of parts) {
      if (!(part.weight > 0)) continue;
      told++;
      weight += part.weight;
      sum += part.weight * part.gap;
      q += part.weight * part.gap * part.gap;
    }
    return { parts, weight, sum };
  });
  const present = sums.filter(({ weight }) => weight > 0);
  const [only, ...more] = present;
  if (!only) return { q: 0, df: 0 };
  if (more.length === 0) return { q: Math.max(0, q - (only.sum * only.sum) / only.weight), df: told - 1 };
  return linkedQ(present);
}

/** {@link levelsQ} over several strata. */
function linkedQ(
  strata: readonly {
    readonly parts: readonly WeightedPart[];
    readonly weight: number;
    readonly sum: number;
  }[],
): { readonly q: number; readonly df: number } {
  const levels = new Map<number, LevelSum>();
  for (const [s, { parts }] of strata.entries())
    for (const { level, weight, gap } of parts) {
      if (!(weight > 0)) continue;
      const own = levels.get(level) ?? { weight: 0, sum: 0, byStratum: strata.map(() => 0) };
      own.weight += weight;
      own.sum += weight * gap;
      own.byStratum[s] = weight;
      levels.set(level, own);
    }
  const group = groupsOf(strata.length, levels.values());
  // The strata's normal equations with the levels taken out. Each group of linked strata has a direction that they leave
  // open (all its strata moved alike); it is filled in, which changes nothing of the sums across it.
  const matrix = new Array<number>(packedLength(strata.length)).fill(0);
  let rest = strata.map(({ sum }) => sum);
  let q = 0;
  for (const { weight, sum, byStratum } of levels.values()) {
    q += (sum * sum) / weight;
    addOuterProduct(matrix, byStratum, -1 / weight);
    rest = rest.map((own, s) => own - ((byStratum[s] ?? 0) * sum) / weight);
  }
  for (const [s, { weight, sum }] of strata.entries()) {
    q -= (sum * sum) / weight;
    const alone = strata.map((_, t) => (s === t ? 1 : 0));
    addOuterProduct(matrix, alone, weight);
  }
  for (const each of new Set(group)) {
    const together = group.map((own) => (own === each ? 1 : 0));
    const scale = strata.reduce((sum, { weight }, s) => sum + (group[s] === each ? weight : 0), 0);
    addOuterProduct(matrix, together, scale);
  }
  const form = solveLower(cholesky(matrix, strata.length), rest).reduce((sum, y) => sum + y * y, 0);
  return { q: Math.max(0, q + form), df: levels.size - new Set(group).size };
}
