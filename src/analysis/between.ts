import type { Estimate } from "../core/estimate.js";
import { type Correction, corrections, heterogeneity } from "../stats/index.js";
import type { Contrast, Heterogeneity, Row } from "./report.js";

/** Rows of one metric and contrast, one a level of a dimension. */
export interface LevelRows {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly dimension: string;
  readonly rows: readonly Row[];
}

const adaptiveReason = "effects of data collected adaptively have no standard errors to compare them by";

function heterogeneityOf({ metric, contrast, dimension, rows }: LevelRows, adaptive: boolean): Heterogeneity {
  const level = (row: Row) => row.cell[dimension] as string;
  const usable = rows.filter((row) => row.fixed.status === "ok");
  const common = {
    metric,
    contrast,
    dimension,
    scale: "difference" as const,
    levels: usable.map(level),
    omitted: rows.filter((row) => row.fixed.status !== "ok").map(level),
  };
  if (adaptive) return { ...common, status: "adaptive", reason: adaptiveReason };
  if (usable.length < 2)
    return { ...common, status: "undefined", reason: "fewer than two levels have an effect to compare" };
  const { q, df, pValue, iSquared } = heterogeneity(
    usable.map((row) => {
      const { value, standardError } = row.fixed as Extract<Estimate, { status: "ok" }>;
      return { value, standardError };
    }),
  );
  return { ...common, status: "ok", q, df, pValue, pAdjusted: pValue, iSquared };
}

/**
 * Asks of every dimension, metric and contrast whether the effect differs between the dimension's levels.
 * @returns one test each, corrected together; `undefined` where fewer than two levels have an effect
 */
export function between(
  list: readonly LevelRows[],
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
