import type { RandomSource } from "../random/index.js";
import { floatAt, placeAt } from "./number-at.js";
import type { Ranged } from "./ranged.js";

const draws = 200;

/** Intervals of whatever can be computed with a weight per unit. */
export interface HalfSamples {
  /**
   * @param of  statistics, from weights and their sum
   * @returns each of all units, with an interval by how it varies over random halves of them
   */
  ranged(
    of: (weights: Float64Array, total: number) => ArrayLike<number>,
    critical: number,
  ): readonly Ranged[];
}

/**
 * Half-samples: what a statistic of half of the units differs from that of all by has the error of that of all. Units that belong together
 * are drawn together.
 * @source Yadlowsky et al. (2025), JASA 120, §3
 */
export function halfSamples(n: number, clusters: Int32Array | undefined, random: RandomSource): HalfSamples {
  const ids = clusters ? clusters.reduce((most, id) => Math.max(most, id), 0) + 1 : n;
  const drawn = new Float64Array(ids);
  const weights = new Float64Array(n);
  return {
    ranged(of, critical) {
      const all = of(new Float64Array(n).fill(1), n);
      const squares = new Float64Array(all.length);
      for (let draw = 0; draw < draws; draw++) {
        for (let id = 0; id < ids; id++) drawn[id] = random.next() < 0.5 ? 1 : 0;
        let total = 0;
        for (let i = 0; i < n; i++) {
          const weight = floatAt(drawn, clusters ? placeAt(clusters, i) : i);
          weights[i] = weight;
          total += weight;
        }
        if (total === 0) continue;
        const own = of(weights, total);
        for (let j = 0; j < squares.length; j++) {
          const gap = (own[j] ?? 0) - (all[j] ?? 0);
          squares[j] = floatAt(squares, j) + gap * gap;
        }
      }
      return Array.from(all, (value, j): Ranged => {
        const standardError = Math.sqrt(floatAt(squares, j) / draws);
        return {
          ...{ value, standardError },
          interval: [value - critical * standardError, value + critical * standardError],
        };
      });
    },
  };
}
