import { type Correction, corrections, heterogeneity } from "../../stats/index.js";
import type { CompareContext } from "../compare.js";
import type { Decomposition, ReasonLevels } from "./decomposition.js";

const fewReason = "fewer than two levels have enough data to compare";

/** One metric and contrast split in every level of a dimension. */
export interface SplitLevels {
  readonly dimension: string;
  readonly levels: readonly Decomposition[];
}

function testsOf({ dimension, levels }: SplitLevels): readonly ReasonLevels[] {
  const [first] = levels;
  if (!first) return [];
  const { metric, contrast, steps } = first;
  const told = levels.flatMap((each) => (each.status === "ok" && !each.thin ? [each] : []));
  return steps.map((step, at): ReasonLevels => {
    const parts = told.flatMap(({ cell, reasons }) => {
      const fixed = reasons[at]?.contribution.fixed;
      return fixed?.status === "ok" ? [{ level: cell[dimension] ?? "", fixed }] : [];
    });
    const named = { metric, contrast, dimension, step, levels: parts.map(({ level }) => level) };
    if (parts.length < 2) return { ...named, status: "undefined", reason: fewReason };
    const { q, df, pValue } = heterogeneity(
      parts.map(({ fixed: { value, standardError } }) => ({ value, standardError })),
    );
    return { ...named, status: "ok", q, df, pValue, pAdjusted: pValue };
  });
}

/**
 * Asks of every step whether what it adds is the same in all levels of a dimension, all corrected as one family.
 * @returns one test per step, and how many there were
 */
export function reasonsBetween(
  dimensions: readonly SplitLevels[],
  { rule }: CompareContext,
  correction: Correction,
): { readonly tests: readonly ReasonLevels[]; readonly count: number } {
  const raw = dimensions.flatMap(testsOf);
  const read = raw.flatMap((test) =>
    test.status === "ok" ? [rule?.pValueOf(test.pValue, { df: test.df }) ?? test.pValue] : [],
  );
  const adjusted = corrections[correction](read);
  let at = 0;
  const tests = raw.map((test) =>
    test.status === "ok" ? { ...test, pAdjusted: adjusted[at++] ?? test.pValue } : test,
  );
  return { tests, count: read.length };
}
