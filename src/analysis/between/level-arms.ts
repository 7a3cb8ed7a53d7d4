import type { Moments } from "../../core/moments.js";
import type { LevelPart } from "../../stats/heterogeneity/index.js";
import { mergeChecked } from "../../stats/moments/index.js";
import type { Contrast } from "../comparison.js";
import type { Group } from "../cube.js";

/** Levels below this share of the mean size are compared as one: alone they tell nothing and dilute the test. */
const thinShare = 1 / 20;

/** Both arms by definition version. */
type Versions = ReadonlyMap<number, readonly [control: Moments, treatment: Moments]>;

/** Whether a metric has a value in an arm that levels can be compared by; a ratio over nothing has none. */
export type HasValue = (arm: Moments) => boolean;

/** What of a dimension's levels can be compared. */
export interface LevelArms {
  readonly parts: readonly LevelPart<Moments>[];
  /** Levels compared on their own, in order; a part's `level` counts them. */
  readonly levels: readonly string[];
  /** Levels too thin to stand alone, compared as one further level. */
  readonly merged: readonly string[];
  /** Levels with fewer than two units on a side, or without a value, left out. */
  readonly omitted: readonly string[];
}

function versionsOf(group: Group, metricAt: number, [control, treatment]: Contrast): Versions {
  const versions = new Map<number, readonly [Moments, Moments]>();
  for (const [version, arms] of group.arms) {
    const a = arms.get(control)?.moments[metricAt];
    const b = arms.get(treatment)?.moments[metricAt];
    if (a && b && a.n > 0 && b.n > 0) versions.set(version, [a, b]);
  }
  return versions;
}

/** Units that count towards a difference: half the harmonic mean of both arms' sizes, over versions. */
function sizeOf(versions: Versions): number {
  let size = 0;
  for (const [a, b] of versions.values()) size += (a.n * b.n) / (a.n + b.n);
  return size;
}

function estimable(versions: Versions, has: HasValue): boolean {
  for (const [a, b] of versions.values()) if (a.n >= 2 && b.n >= 2 && has(a) && has(b)) return true;
  return false;
}

function mergeVersions(all: readonly Versions[]): Versions {
  const merged = new Map<number, readonly [Moments, Moments]>();
  for (const versions of all)
    for (const [version, [a, b]] of versions) {
      const before = merged.get(version);
      merged.set(version, before ? [mergeChecked(before[0], a), mergeChecked(before[1], b)] : [a, b]);
    }
  return merged;
}

/**
 * Sorts a dimension's levels into those compared on their own, those compared together and those left out. The rule looks
 * at numbers of units, and of units with a value, never at effects, so it favors no result.
 */
export function levelArms(
  groups: readonly Group[],
  dimension: string,
  metricAt: number,
  contrast: Contrast,
  has: HasValue,
): LevelArms {
  const all = groups.map((group) => {
    const versions = versionsOf(group, metricAt, contrast);
    const [size, compares] = [sizeOf(versions), estimable(versions, has)];
    return { level: group.cell[dimension] ?? "", versions, size, compares };
  });
  const present = all.filter(({ versions }) => versions.size > 0);
  const total = present.reduce((sum, { size }) => sum + size, 0);
  const bar = (thinShare * total) / present.length;
  const thin = present.filter(({ size, compares }) => !compares || size < bar);
  const together = mergeVersions(thin.map(({ versions }) => versions));
  const merging = thin.length > 1 && estimable(together, has);
  const alone = present.filter(({ size, compares }) => compares && !(merging && size < bar));
  const compared = [...alone.map(({ versions }) => versions), ...(merging ? [together] : [])];
  const merged = merging ? thin.map(({ level }) => level) : [];
  const levels = alone.map(({ level }) => level);
  const kept = new Set([...levels, ...merged]);
  return {
    levels,
    merged,
    omitted: all.map(({ level }) => level).filter((level) => !kept.has(level)),
    parts: compared.flatMap((versions, level) =>
      [...versions].flatMap(([stratum, [control, treatment]]) =>
        control.n >= 2 && treatment.n >= 2 && has(control) && has(treatment)
          ? [{ level, stratum, control, treatment }]
          : [],
      ),
    ),
  };
}
