/** The scale on which an effect may be common to all levels: treatment − control, or treatment over control. */
export type EffectScale = "difference" | "lift";

/** Both arms of one level within one stratum (e.g. a definition version). */
export interface LevelPart<Arm> {
  readonly level: number;
  readonly stratum: number;
  readonly control: Arm;
  readonly treatment: Arm;
}

/** A part's effect minus the one common to its stratum, and the inverse variance of that gap; 0: it tells nothing. */
export interface WeightedPart {
  readonly level: number;
  gap: number;
  weight: number;
}

/** Whether levels share one effect on a scale, or why that cannot be asked. */
export type LevelsTest =
  | {
      readonly status: "ok";
      /** `score`, `score-bootstrap` or `alexander-govern`. */
      readonly method: string;
      /** χ² of "all levels share one effect", on `df` degrees of freedom. */
      readonly statistic: number;
      readonly df: number;
      readonly pValue: number;
      /** Share of the spread that chance does not explain, a fraction in [0, 1). */
      readonly iSquared: number;
      /** The common effect that fits best: a difference, or a lift as a fraction. */
      readonly common: number;
      /** Levels that tell nothing on this scale (no event, no variance), by place; they count in no df. */
      readonly silent: readonly number[];
      /** Resamples behind the p-value, where it is not χ²'s. */
      readonly resamples?: number;
    }
  | { readonly status: "undefined"; readonly method: string; readonly reason: string };

/** @returns parts by stratum, in the order in which strata first occur */
export function byStratum<Part extends { readonly stratum: number }>(
  parts: readonly Part[],
): readonly (readonly Part[])[] {
  const strata = new Map<number, Part[]>();
  for (const part of parts) {
    const own = strata.get(part.stratum);
    if (own) own.push(part);
    else strata.set(part.stratum, [part]);
  }
  return [...strata.values()];
}

/** Share of a χ² that chance does not explain. */
export const beyondChance = (statistic: number, df: number): number =>
  statistic > df ? (statistic - df) / statistic : 0;

/** @returns the levels of some parts that carry no weight among others, in order */
export function silentLevels(
  parts: readonly { readonly level: number }[],
  weighted: readonly WeightedPart[],
): readonly number[] {
  const silent = new Set(parts.map(({ level }) => level));
  for (const { level, weight } of weighted) if (weight > 0) silent.delete(level);
  return [...silent].sort((a, b) => a - b);
}
