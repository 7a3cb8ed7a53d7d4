import type { Moments } from "../../core/moments.js";
import type { LevelPart } from "../../stats/heterogeneity/index.js";
import { mergeChecked } from "../../stats/moments/index.js";
import type { Contrast } from "../comparison.js";
import type { Group } from "../cube.js";

/** Levels below this share of the mean size are compared as one: alone they tell nothing and dilute the test. */
const thinShare = 1 / 20;

/** Both arms under one definition version. */
interface Pair {
  readonly stratum: number;
  readonly control: Moments;
  readonly treatment: Moments;
}

/** One pair per definition version. */
type Versions = readonly Pair[];

/** Whether a metric has a value in an arm that levels can be compared by; a ratio over nothing has none. */
export type HasValue = (arm: Moments) => boolean;

/** What of a dimension's levels can be compared. */
export interface LevelArms {
  readonly parts: readonly LevelPart<Moments>[];
  /** Levels compared on their own, in order; a part's `level` counts them. */
  readonly levels: readonly string[];
  /** Levels too thin to stand alone, compared as one further level. */
  readonly merged: readonly string[];
  /** Levels with fewer than two units on a side, without a value, or with too few to know its spread by, left out. */
  readonly omitted: readonly string[];
}

function versionsOf(group: Group, metricAt: number, [control, treatment]: Contrast): Versions {
  const versions: Pair[] = [];
  group.arms.forEach((arms, stratum) => {
    const a = arms.get(control)?.moments[metricAt];
    const b = arms.get(treatment)?.moments[metricAt];
    if (a && b && a.n > 0 && b.n > 0) versions.push({ stratum, control: a, treatment: b });
  });
  return versions;
}

/** Units that count towards a difference: half the harmonic mean of both arms' sizes, over versions. */
function sizeOf(versions: Versions): number {
  let size = 0;
  for (const { control, treatment } of versions)
    size += (control.n * treatment.n) / (control.n + treatment.n);
  return size;
}

const compares = ({ control, treatment }: Pair, has: HasValue): boolean =>
  control.n >= 2 && treatment.n >= 2 && has(control) && has(treatment);

const estimable = (versions: Versions, has: HasValue): boolean =>
  versions.some((pair) => compares(pair, has));

const partOf = (level: number, { stratum, control, treatment }: Pair): LevelPart<Moments> => ({
  level,
  stratum,
  control,
  treatment,
});

function mergeVersions(all: readonly Versions[]): Versions {
  const merged = new Map<number, Pair>();
  for (const pair of all.flat()) {
    const { stratum, control, treatment } = pair;
    const before = merged.get(stratum);
    merged.set(
      stratum,
      before
        ? {
            stratum,
            control: mergeChecked(before.control, control),
            treatment: mergeChecked(before.treatment, treatment),
          }
        : pair,
    );
  }
  return [...merged.values()];
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
    const level = group.cell[dimension] ?? "";
    return { level, versions, size: sizeOf(versions), able: estimable(versions, has) };
  });
  const present = all.filter(({ versions }) => versions.length > 0);
  const total = present.reduce((sum, { size }) => sum + size, 0);
  const bar = (thinShare * total) / present.length;
  const thin = present.filter(({ size, able }) => !able || size < bar);
  const together = mergeVersions(thin.map(({ versions }) => versions));
  const merging = thin.length > 1 && estimable(together, has);
  const alone = present.filter(({ size, able }) => able && !(merging && size < bar));
  const compared = [...alone.map(({ versions }) => versions), ...(merging ? [together] : [])];
  const merged = merging ? thin.map(({ level }) => level) : [];
  const levels = alone.map(({ level }) => level);
  const kept = new Set([...levels, ...merged]);
  return {
    levels,
    merged,
    omitted: all.map(({ level }) => level).filter((level) => !kept.has(level)),
    parts: compared.flatMap((versions, level) =>
      versions.flatMap((pair) => (compares(pair, has) ? [partOf(level, pair)] : [])),
    ),
  };
}
