import type { FactorDefinition } from "../../core/definition.js";
import type { EffectFactors } from "./effects.js";

/**
 * Orthonormal (Helmert) contrasts of a factor: mean zero and mean square one over its levels; -1, +1 for two levels.
 * @param levels  number of levels, ≥ 2
 * @returns one row per level, levels - 1 values each
 */
export function orthonormalContrasts(levels: number): number[][] {
  return Array.from({ length: levels }, (_, level) =>
    Array.from({ length: levels - 1 }, (_, c) => {
      const scale = Math.sqrt(levels / ((c + 1) * (c + 2)));
      return level <= c ? -scale : level === c + 1 ? scale * (c + 1) : 0;
    }),
  );
}

/**
 * Effect coding of a factor: +1 at the level a column stands for, -1 at the first level, 0 elsewhere.
 * @param levels  number of levels, ≥ 2
 * @returns one row per level, levels - 1 values each
 */
export function effectCoding(levels: number): number[][] {
  return Array.from({ length: levels }, (_, level) =>
    Array.from({ length: levels - 1 }, (_, c) => (level === 0 ? -1 : level === c + 1 ? 1 : 0)),
  );
}

/**
 * An effect's columns: products of its factors' codings, the last factor's column changing fastest.
 * @param factors  the design's factors
 * @param runs     level indexes, one array a run
 * @param effect   the effect
 * @param coding   orthonormal contrasts or effect coding
 * @returns one array a column, one value a run
 */
export function effectColumns(
  factors: readonly FactorDefinition[],
  runs: readonly (readonly number[])[],
  effect: EffectFactors,
  coding: (levels: number) => number[][],
): number[][] {
  let columns: number[][] = [runs.map(() => 1)];
  for (const factor of effect) {
    const codes = coding((factors[factor] as FactorDefinition).levels.length);
    const width = (codes[0] as number[]).length;
    columns = columns.flatMap((column) =>
      Array.from({ length: width }, (_, c) =>
        column.map((value, r) => {
          const level = (runs[r] as readonly number[])[factor] as number;
          return value * ((codes[level] as number[])[c] as number);
        }),
      ),
    );
  }
  return columns;
}
