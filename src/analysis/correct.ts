import type { Estimate } from "../core/estimate.js";
import { type Correction, corrections } from "../stats/index.js";
import type { Family, Row } from "./report.js";

/** @returns the estimates, in order, with `pAdjusted` over all of them that have a p-value; and how many have */
export function corrected(
  estimates: readonly Estimate[],
  correction: Correction,
): { readonly estimates: readonly Estimate[]; readonly tests: number } {
  const tested = estimates.flatMap((estimate) => (estimate.status === "ok" ? [estimate.pValue] : []));
  const adjusted = corrections[correction](tested);
  let at = 0;
  return {
    estimates: estimates.map((estimate) =>
      estimate.status === "ok" ? { ...estimate, pAdjusted: adjusted[at++] as number } : estimate,
    ),
    tests: tested.length,
  };
}

/**
 * Corrects rows for being many: differences over all rows of a grain, and lifts — the same hypotheses on another
 * scale — among themselves.
 * @returns the rows in their order, and the family that was corrected together
 */
export function correctedRows(
  rows: readonly Row[],
  grain: Family["grain"],
  correction: Correction,
): { readonly rows: readonly Row[]; readonly family: Family } {
  const fixed = new Map<Row, Estimate>();
  let tests = 0;
  for (const scale of ["difference", "lift"] as const) {
    const some = rows.filter((row) => row.scale === scale);
    const result = corrected(
      some.map((row) => row.fixed),
      correction,
    );
    for (const [at, row] of some.entries()) fixed.set(row, result.estimates[at] as Estimate);
    if (scale === "difference") tests = result.tests;
  }
  return {
    rows: rows.map((row) => ({
      ...row,
      fixed: fixed.get(row) as Estimate,
      planned: fixed.get(row) as Estimate,
    })),
    family: { grain, correction, tests },
  };
}
