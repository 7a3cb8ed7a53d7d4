import type { MetricStratum } from "../metrics/index.js";
import { type Asked, ask } from "./ask.js";
import { type CompareContext, sideValues } from "./compare.js";
import type { Contrast } from "./comparison.js";
import type { Group } from "./cube.js";
import { restOfCells } from "./rest-of-cells.js";

/** A cell's comparison, and what is known of it before any correction. */
export interface AskedCell extends Asked {
  /** The strata of all units outside it. */
  rest(): readonly MetricStratum[];
  /** The difference among those units; undefined where they have none. */
  readonly elsewhere: number | undefined;
  readonly thin: boolean;
}

/**
 * Compares one contrast on one metric within each group of one grain.
 * @param groups all groups of the grain, so that a group's complement is everyone else
 * @returns one comparison per group, with the difference elsewhere, not yet corrected
 */
export function microComparisons(
  groups: readonly Group[],
  metricAt: number,
  contrast: Contrast,
  versions: readonly number[],
  context: CompareContext,
): readonly AskedCell[] {
  const outside = context.adaptive ? undefined : restOfCells(groups, metricAt, contrast, versions);
  return groups.map((group, at) => {
    const { comparison, metric, type, strata, reading, planned } = ask(
      group,
      metricAt,
      contrast,
      context,
      false,
    );
    const others = outside?.means[at] ?? [];
    const [control, treatment] = sideValues(type, others);
    const thin =
      !context.adaptive &&
      (type.thin(strata.map((stratum) => stratum.control)) ||
        type.thin(strata.map((stratum) => stratum.treatment)));
    const elsewhere = control === null || treatment === null ? undefined : treatment - control;
    const rest = () => outside?.strata(at) ?? [];
    return { comparison, metric, type, strata, reading, planned, rest, elsewhere, thin };
  });
}
