import type { Cells, Source } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import type { Check } from "./check.js";
import type { CompareContext } from "./compare.js";
import type { Comparison, StratifiedComparison } from "./comparison.js";
import { type Group, toCube } from "./cube.js";
import { rollup } from "./rollups.js";
import { ruleDimensions, splitByRule } from "./rules.js";
import { checkLevels } from "./srm.js";
import { stratify } from "./stratify.js";

/** A dimension with its levels' groups. */
interface Dimension {
  readonly dimension: string;
  readonly groups: readonly Group[];
  /** Whether clusters count in several of its levels. */
  readonly overlapping?: boolean;
}

/** @returns whether clusters count in several levels of a dimension */
export const overlaps = ({ cluster, repeated = [] }: Cells, dimension: string): boolean =>
  cluster !== undefined && repeated.some((each) => each.dimension === dimension);

/** What is said of the mixes of levels that the variants met. */
export interface Mixes {
  /** Shares within the levels of each dimension, one check per dimension. */
  readonly checks: readonly Check[];
  /** Each macro comparison with the levels of each dimension weighted alike. */
  readonly stratified: readonly StratifiedComparison[];
}

/**
 * Reads the dimensions that a source declares and nobody asked for, each by a reading of its own: crossed, there could be
 * more cells than units.
 * @returns each with its levels, rules' units left out
 */
export async function declaredDimensions(
  source: Source,
  declared: readonly string[],
  definitions: readonly [Definition, ...Definition[]],
  { metrics }: CompareContext,
  signal: AbortSignal | undefined,
): Promise<readonly Dimension[]> {
  const [definition] = definitions;
  const ruled = (definition.rules ?? []).length > 0;
  const found: Dimension[] = [];
  for (const dimension of declared) {
    const dimensions = ruled ? [...ruleDimensions, dimension] : [dimension];
    const cells = await source.read({ definition, metrics, dimensions, ...(signal ? { signal } : {}) });
    const cube = toCube(cells, definitions, metrics, dimensions);
    const groups = rollup(ruled ? splitByRule(cube, definition).randomised : cube, [dimension]);
    found.push({ dimension, groups, overlapping: overlaps(cells, dimension) });
  }
  return found;
}

/**
 * Looks whether the variants met different mixes of levels: shares within the levels, and what becomes of each macro
 * comparison once the levels are weighted alike.
 * @param macro  corrected
 */
export function mixesOf(
  dimensions: readonly Dimension[],
  macro: readonly Comparison[],
  definitions: readonly [Definition, ...Definition[]],
  context: CompareContext,
): Mixes {
  return {
    checks: dimensions.flatMap(({ dimension, groups }) => checkLevels(dimension, groups, definitions)),
    stratified: dimensions.flatMap(({ dimension, groups, overlapping }) =>
      macro.map((overall) => {
        const metricAt = context.metrics.findIndex(({ key }) => key === overall.metric);
        return stratify(groups, dimension, metricAt, overall.contrast, overall, context, overlapping);
      }),
    ),
  };
}
