import type { Estimate } from "../core/estimate.js";
import { type Correction, corrections } from "../stats/index.js";
import type { Comparison, Reading } from "./comparison.js";
import type { Family } from "./report.js";

type Look = "fixed" | "planned";
type Adjusted = readonly (number | undefined)[];

/** Corrects the tests among some estimates together; the others, and gaps, have no adjusted p-value. */
function adjust(tests: readonly (Estimate | undefined)[], correction: Correction): Adjusted {
  const places = tests.flatMap((test, at) => (test?.status === "ok" ? [{ at, pValue: test.pValue }] : []));
  const adjusted = corrections[correction](places.map(({ pValue }) => pValue));
  const out = new Array<number | undefined>(tests.length).fill(undefined);
  for (const [i, { at }] of places.entries()) out[at] = adjusted[i];
  return out;
}

function withP(estimate: Estimate, pAdjusted: number | undefined): Estimate {
  return estimate.status === "ok" && pAdjusted !== undefined ? { ...estimate, pAdjusted } : estimate;
}

function readingWithP(reading: Reading, fixed: number | undefined, planned: number | undefined): Reading {
  return { ...reading, fixed: withP(reading.fixed, fixed), planned: withP(reading.planned, planned) };
}

/** A comparison is one test, whichever scale it is read on; the lift stands in where only that has an estimate. */
function testOf({ difference, lift }: Comparison, look: Look): Estimate {
  return difference[look].status === "ok" ? difference[look] : lift[look];
}

const counted = (adjusted: Adjusted) => adjusted.filter((p) => p !== undefined).length;

/**
 * Corrects comparisons for being many. Difference and lift of one comparison are one test and carry one adjusted p-value.
 * @returns new comparisons, and the family that was corrected together
 */
export function correctComparisons(
  comparisons: readonly Comparison[],
  grain: Family["grain"],
  correction: Correction,
): { readonly comparisons: readonly Comparison[]; readonly family: Family } {
  const over = (look: Look) =>
    adjust(
      comparisons.map((each) => testOf(each, look)),
      correction,
    );
  const [fixed, planned] = [over("fixed"), over("planned")];
  return {
    comparisons: comparisons.map((each, at) => ({
      ...each,
      difference: readingWithP(each.difference, fixed[at], planned[at]),
      lift: readingWithP(each.lift, fixed[at], planned[at]),
    })),
    family: { grain, correction, tests: counted(planned) },
  };
}

/**
 * Corrects how cells differ from the rest of the units, a family of its own.
 * @returns new comparisons, and the family
 */
export function correctVersusRest(
  comparisons: readonly Comparison[],
  correction: Correction,
): { readonly comparisons: readonly Comparison[]; readonly family: Family } {
  const over = (look: Look) =>
    adjust(
      comparisons.map(({ versusRest }) => versusRest?.[look]),
      correction,
    );
  const [fixed, planned] = [over("fixed"), over("planned")];
  return {
    comparisons: comparisons.map((each, at) =>
      each.versusRest ? { ...each, versusRest: readingWithP(each.versusRest, fixed[at], planned[at]) } : each,
    ),
    family: { grain: "versus_rest", correction, tests: counted(planned) },
  };
}
