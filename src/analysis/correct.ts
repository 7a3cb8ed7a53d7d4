import type { Estimate } from "../core/estimate.js";
import { type Correction, corrections } from "../stats/index.js";
import type { Family, Row } from "./report.js";

/** An estimate that this analysis made itself and may still complete. */
type Draft = {
  -readonly [Key in keyof Extract<Estimate, { status: "ok" }>]: Extract<Estimate, { status: "ok" }>[Key];
};

/**
 * Gives each estimate that has a p-value its `pAdjusted`, in place: the estimates are this analysis's own, fresh
 * ones, and copying thousands of them would cost more than making them.
 * @returns how many tests were corrected together
 */
export function correct(estimates: readonly Estimate[], correction: Correction): number {
  const tested = estimates.filter((estimate): estimate is Draft => estimate.status === "ok");
  const adjusted = corrections[correction](tested.map(({ pValue }) => pValue));
  for (const [at, estimate] of tested.entries()) estimate.pAdjusted = adjusted[at] as number;
  return tested.length;
}

/**
 * Corrects rows for being many: differences over all rows of a grain, and lifts — the same hypotheses on another
 * scale — among themselves.
 * @returns the family that was corrected together
 */
export function correctRows(rows: readonly Row[], grain: Family["grain"], correction: Correction): Family {
  const of = (scale: Row["scale"]) => rows.filter((row) => row.scale === scale).map(({ fixed }) => fixed);
  correct(of("lift"), correction);
  return { grain, correction, tests: correct(of("difference"), correction) };
}
