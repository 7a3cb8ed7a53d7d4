import { canonicalEntries } from "../../../core/code-point-order.js";
import type { EffectsBlock } from "../../../regression/effects-fit.js";
import type { Arm } from "../../state/arm.js";

/** Where coefficients lie: which apply to each arm in each segment. */
export interface EffectsLayout {
  readonly size: number;
  readonly blocks: readonly EffectsBlock[];
  /** By segment (the last is for units of no known segment), then by arm. */
  readonly rows: readonly (readonly (readonly number[])[])[];
  /** By arm: the index of each factor's level. */
  readonly levels: readonly (readonly number[])[];
  /** By segment: what each coefficient of its rows is the effect of. */
  readonly terms: readonly (readonly string[])[];
  /** By segment: indices of the factors that each coefficient of its rows depends on. */
  readonly dependence: readonly (readonly (readonly number[])[])[];
}

/**
 * Lays out the effects of arms' factors, of segments, and of their interactions.
 * @param arms      the arms; their actions name the factors and levels
 * @param segments  number of segments
 * @param prior     whether factors interact, and prior standard deviations
 * @returns the layout
 */
export function effectsLayout(
  arms: readonly Arm[],
  segments: number,
  {
    pairs,
    main,
    interaction,
    segmentInteraction,
  }: {
    readonly pairs: boolean;
    readonly main: number;
    readonly interaction: number;
    readonly segmentInteraction: number;
  },
): EffectsLayout {
  // Canonical order: coefficients are drawn in the order in which they lie.
  const factors = canonicalEntries(arms[0]?.action ?? {}).map(([name]) => {
    const levels = [...new Set(arms.map(({ action }) => action[name]!))];
    return { name, levels, levelOf: arms.map(({ action }) => levels.indexOf(action[name]!)) };
  });
  let size = 1;
  const blocks: EffectsBlock[] = [];
  const block = (width: number, sd: number): number => {
    blocks.push({ from: size, size: width, sd });
    size += width;
    return size - width;
  };
  const segmentFrom = segments > 0 ? block(segments, main) : 0;
  const rows = Array.from({ length: segments + 1 }, (_, s) =>
    arms.map(() => (s < segments ? [0, segmentFrom + s] : [0])),
  );
  const terms = rows.map((_, s) => (s < segments ? ["constant", "segment"] : ["constant"]));
  const dependence: number[][][] = terms.map((names) => names.map(() => []));
  factors.forEach(({ name, levels, levelOf }, f) => {
    const from = block(levels.length, main);
    const crossFrom = segments > 0 ? block(levels.length * segments, segmentInteraction) : 0;
    arms.forEach((_, arm) => {
      const level = levelOf[arm]!;
      rows.forEach((segmentRows, s) => {
        segmentRows[arm]!.push(
          from + level,
          ...(s < segments ? [crossFrom + s * levels.length + level] : []),
        );
      });
    });
    terms.forEach((names, s) => {
      names.push(name, ...(s < segments ? [`${name} × segment`] : []));
      dependence[s]!.push([f], ...(s < segments ? [[f]] : []));
    });
    for (const [o, other] of pairs ? factors.slice(0, f).entries() : []) {
      for (const names of terms) names.push(`${other.name} × ${name}`);
      for (const parts of dependence) parts.push([o, f]);
      const pairFrom = block(levels.length * other.levels.length, interaction);
      arms.forEach((_, arm) => {
        for (const segmentRows of rows)
          segmentRows[arm]!.push(pairFrom + other.levelOf[arm]! * levels.length + levelOf[arm]!);
      });
    }
  });
  const levels = arms.map((_, arm) => factors.map(({ levelOf }) => levelOf[arm]!));
  return { size, blocks, rows, levels, terms, dependence };
}
