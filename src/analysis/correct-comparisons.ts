import type { Estimate } from "../core/estimate.js";
import { type MetricReading, metricTypeOf } from "../metrics/index.js";
import { type Correction, correctedLevel, corrections } from "../stats/index.js";
import type { Asked } from "./ask.js";
import type { CompareContext } from "./compare.js";
import { type Comparison, type Reading, reading } from "./comparison.js";
import type { AskedCell } from "./micro.js";
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
export function withIntervals({ comparison, reading: found }: Asked, tests: AtLooks): Comparison {
  if (!found) return comparison;
  let last: { readonly level: number; readonly read: ReturnType<MetricReading["at"]> } | undefined;
  const at = (level: number) => {
    if (last?.level !== level) last = { level, read: found.at({ level }) };
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

function bothLooks<T>(
  list: readonly T[],
  test: (each: T, look: Look) => Estimate | undefined,
  correction: Correction,
): Looks {
  const fixed = list.map((each) => test(each, "fixed"));
  const planned = list.map((each) => test(each, "planned"));
  const own = correct(planned, correction);
  const alike = planned.every((each, at) => each === fixed[at]);
  return { fixed: alike ? own : correct(fixed, correction), planned: own };
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
  readonly comparisons: readonly Comparison[];
  readonly family: FamilyTests;
} {
  const looks = bothLooks(
    asked.map(({ comparison }) => comparison),
    testOf,
    correction,
  );
  return {
    comparisons: asked.map((each, at) => withIntervals(each, testAt(looks, at))),
    family: { grain, correction, tests: looks.planned.tests },
  };
}

/** How a cell differs from the rest, at any level. */
const apart =
  ({ metric, strata, rest }: AskedCell) =>
  (level: number): Estimate =>
    metricTypeOf(metric).apart(strata, rest, { level });

/**
 * Tests how cells differ from the rest of the units, a family of its own, among the cells whose screen opened.
 * @param comparisons  of the same cells, corrected
 * @param opens        of each cell: whether it may be called different at all
 * @returns new comparisons, and the family
 */
export function correctVersusRest(
  asked: readonly AskedCell[],
  comparisons: readonly Comparison[],
  opens: readonly boolean[],
  { level, oneLook = level }: CompareContext,
  correction: Correction,
): { readonly comparisons: readonly Comparison[]; readonly family: FamilyTests } {
  const readings = asked.map((each, at): Reading | undefined => {
    const { difference, thin } = each.comparison;
    if (!opens[at] || thin || difference.planned.status !== "ok") return undefined;
    const read = apart(each);
    return reading(read(level), undefined, oneLook === level ? undefined : read(oneLook));
  });
  const looks = bothLooks(readings, (each, look) => each?.[look], correction);
  return {
    comparisons: comparisons.map((comparison, at) => {
      const [own, each] = [readings[at], asked[at]];
      return own && each
        ? { ...comparison, versusRest: withLooks(own, testAt(looks, at), apart(each)) }
        : comparison;
    }),
    family: { grain: "versus_rest", correction, tests: looks.planned.tests },
  };
}
