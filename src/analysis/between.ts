import { type Correction, corrections, heterogeneity } from "../stats/index.js";
import type { Comparison, Contrast, Heterogeneity } from "./comparison.js";

/** Comparisons of one metric and contrast, one per level of a dimension. */
export interface LevelComparisons {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly dimension: string;
  readonly comparisons: readonly Comparison[];
}

const adaptiveReason = "effects of data collected adaptively have no standard errors to compare them by";

function heterogeneityOf(levels: LevelComparisons, adaptive: boolean): Heterogeneity {
  const { metric, contrast, dimension, comparisons } = levels;
  const level = ({ cell }: Comparison) => cell[dimension] as string;
  const usable = comparisons.flatMap((each) =>
    each.difference.fixed.status === "ok" ? [{ level: level(each), effect: each.difference.fixed }] : [],
  );
  const common = {
    metric,
    contrast,
    dimension,
    scale: "difference" as const,
    levels: usable.map((each) => each.level),
    omitted: comparisons.filter(({ difference }) => difference.fixed.status !== "ok").map(level),
  };
  if (adaptive) return { ...common, status: "adaptive", reason: adaptiveReason };
  if (usable.length < 2)
    return { ...common, status: "undefined", reason: "fewer than two levels have an effect to compare" };
  const { q, df, pValue, iSquared } = heterogeneity(
    usable.map(({ effect: { value, standardError } }) => ({ value, standardError })),
  );
  return { ...common, status: "ok", q, df, pValue, pAdjusted: pValue, iSquared };
}

/**
 * Asks of every dimension, metric and contrast whether the effect differs between the dimension's levels.
 * @returns one test each, corrected together; `undefined` where fewer than two levels have an effect
 */
export function between(
  list: readonly LevelComparisons[],
  correction: Correction,
  adaptive: boolean,
): { readonly tests: readonly Heterogeneity[]; readonly count: number } {
  const raw = list.map((each) => heterogeneityOf(each, adaptive));
  const tested = raw.flatMap((each) => (each.status === "ok" ? [each.pValue] : []));
  const adjusted = corrections[correction](tested);
  let at = 0;
  const tests = raw.map((each) =>
    each.status === "ok" ? { ...each, pAdjusted: adjusted[at++] as number } : each,
  );
  return { tests, count: tested.length };
}
