import type { Estimate } from "../core/estimate.js";
import { type Correction, correctedLevel, corrections } from "../stats/index.js";
import type { Asked } from "./ask.js";
import type { Comparison, Reading } from "./comparison.js";
import type { Family } from "./report.js";

/** A family before it is known what error its tests share. */
export type FamilyTests = Omit<Family, "alpha">;

type Look = "fixed" | "planned";
type Adjusted = readonly (number | undefined)[];

/** A family of tests after correction. An entry without an estimate was not tested and has no adjusted p-value. */
interface Corrected {
  readonly adjusted: Adjusted;
  readonly tests: number;
  /** At which the intervals agree with the adjusted p-values. */
  readonly level: number;
}

function correct(tests: readonly (Estimate | undefined)[], correction: Correction): Corrected {
  const places = tests.flatMap((test, at) =>
    test?.status === "ok" ? [{ at, pValue: test.pValue, level: test.level }] : [],
  );
  const pValues = places.map(({ pValue }) => pValue);
  const together = corrections[correction](pValues);
  const adjusted = new Array<number | undefined>(tests.length).fill(undefined);
  for (const [i, { at }] of places.entries()) adjusted[at] = together[i];
  return { adjusted, tests: places.length, level: correctedLevel(pValues, correction, places[0]?.level) };
}

/**
 * An estimate with its adjusted p-value and the interval that agrees with it. Where there is none at that level (a lift
 * over a control that is not distinguishable from zero at it), that is the outcome.
 */
function withP(estimate: Estimate, pAdjusted: number, level: number, again: () => Estimate): Estimate {
  if (estimate.status !== "ok") return estimate;
  const read = level === estimate.level ? estimate : again();
  return read.status === "ok" ? { ...estimate, pAdjusted, simultaneous: read.interval } : read;
}

/** A comparison's test after correction: its adjusted p-value, where it has one, and the level that agrees with it. */
export interface CorrectedTest {
  readonly pAdjusted: number | undefined;
  readonly level: number;
}

type AtLooks = Readonly<Record<Look, CorrectedTest | undefined>>;

/** The same reading with both looks corrected; what is alike at both stays one object. */
function withLooks(reading: Reading, tests: AtLooks, again: (level: number) => Estimate): Reading {
  if (tests.planned?.pAdjusted === undefined && tests.fixed?.pAdjusted === undefined) return reading;
  const of = (look: Look): Estimate => {
    const test = tests[look];
    return test?.pAdjusted === undefined
      ? reading[look]
      : withP(reading[look], test.pAdjusted, test.level, () => again(test.level));
  };
  const planned = of("planned");
  return { ...reading, planned, fixed: reading.fixed === reading.planned ? planned : of("fixed") };
}

/** @returns the comparison with its corrected test on both scales, and the intervals that agree with it */
export function withIntervals({ comparison, again }: Asked, tests: AtLooks): Comparison {
  let last: { readonly level: number; readonly read: ReturnType<Asked["again"]> } | undefined;
  const at = (level: number) => {
    if (last?.level !== level) last = { level, read: again(level) };
    return last.read;
  };
  return {
    ...comparison,
    difference: withLooks(comparison.difference, tests, (level) => at(level).difference),
    lift: withLooks(comparison.lift, tests, (level) => at(level).lift),
  };
}

type Looks = Readonly<Record<Look, Corrected>>;

const testAt = ({ fixed, planned }: Looks, at: number): AtLooks => ({
  fixed: { pAdjusted: fixed.adjusted[at], level: fixed.level },
  planned: { pAdjusted: planned.adjusted[at], level: planned.level },
});

function bothLooks(
  comparisons: readonly Comparison[],
  test: (comparison: Comparison, look: Look) => Estimate | undefined,
  correction: Correction,
): Looks {
  const over = (look: Look) =>
    correct(
      comparisons.map((each) => test(each, look)),
      correction,
    );
  return { fixed: over("fixed"), planned: over("planned") };
}

/** A comparison is one test, whichever scale it is read on; the lift stands in where only that has an estimate. */
function testOf({ difference, lift, thin }: Comparison, look: Look): Estimate | undefined {
  if (thin) return undefined;
  return difference[look].status === "ok" ? difference[look] : lift[look];
}

/**
 * Corrects comparisons for being many. Difference and lift of one comparison are one test and carry one adjusted p-value,
 * each with the interval that agrees with it; cells too thin to say anything are in no family.
 * @returns new comparisons, and the family that was corrected together
 */
export function correctComparisons(
  asked: readonly Asked[],
  grain: Family["grain"],
  correction: Correction,
): {
  readonly asked: readonly Asked[];
  readonly comparisons: readonly Comparison[];
  readonly family: FamilyTests;
} {
  const looks = bothLooks(
    asked.map(({ comparison }) => comparison),
    testOf,
    correction,
  );
  const corrected = asked.map((each, at) => ({
    ...each,
    comparison: withIntervals(each, testAt(looks, at)),
  }));
  return {
    asked: corrected,
    comparisons: corrected.map(({ comparison }) => comparison),
    family: { grain, correction, tests: looks.planned.tests },
  };
}

/**
 * Corrects how cells differ from the rest of the units, a family of its own, among the cells whose screen opened.
 * @param opens  whether cells of a comparison's kind may be called different at all
 * @returns new comparisons, and the family
 */
export function correctVersusRest(
  asked: readonly Asked[],
  opens: (comparison: Comparison) => boolean,
  correction: Correction,
): { readonly comparisons: readonly Comparison[]; readonly family: FamilyTests } {
  const comparisons = asked.map(({ comparison }) => comparison);
  const looks = bothLooks(
    comparisons,
    (each, look) => (each.thin || !opens(each) ? undefined : each.versusRest?.[look]),
    correction,
  );
  return {
    comparisons: asked.map(({ comparison, versusRest }, at) =>
      comparison.versusRest && versusRest
        ? { ...comparison, versusRest: withLooks(comparison.versusRest, testAt(looks, at), versusRest) }
        : comparison,
    ),
    family: { grain: "versus_rest", correction, tests: looks.planned.tests },
  };
}
