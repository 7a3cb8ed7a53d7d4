import type { Draft } from "../core/draft.js";
import type { Estimate } from "../core/estimate.js";
import type { MetricReading } from "../metrics/index.js";
import { type Correction, correctedLevel, corrections } from "../stats/index.js";
import { copyEstimate, type Found } from "../stats/inference/index.js";
import type { LookRule } from "../stats/looks/index.js";
import type { Asked } from "./ask.js";
import type { CompareContext } from "./compare.js";
import { type Comparison, type Reading, reading } from "./comparison.js";
import type { Look } from "./comparison-evidence.js";
import { underLooks } from "./looks/planned-reading.js";
import type { AskedCell } from "./micro.js";
import type { Family } from "./report.js";
import type { ShrunkenCell } from "./shrink-cells.js";

/** A family before it is known what error its tests share. */
export type FamilyTests = Omit<Family, "alpha">;

const carried: readonly Family["grain"][] = ["gains", "margins", "harms", "macro", "rules"];

/**
 * A family with what its correction is where p-values are 1 ÷ evidence: Benjamini–Hochberg of this look's evidence is e-BH. What is
 * carried from look to look is left out, because the most that evidence ever was is no evidence: cells never are.
 * @source Wang & Ramdas (2022), JRSS B 84
 */
export const byEvidence = (family: FamilyTests, rule: LookRule | undefined): FamilyTests =>
  rule?.evidence && family.correction === "benjamini-hochberg" && !carried.includes(family.grain)
    ? { ...family, correction: "e-benjamini-hochberg" }
    : family;

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
function withP(estimate: Found, pAdjusted: number, read: Estimate): Estimate {
  if (read.status !== "ok") return read;
  const told = copyEstimate(estimate);
  told.pAdjusted = pAdjusted;
  // What an earlier look has shown comes without an interval of that look at another level.
  if (read.pValue <= estimate.pValue) told.simultaneous = read.interval;
  return told;
}

/** A comparison's test after correction: its adjusted p-value, where it has one, and the level that agrees with it. */
export interface CorrectedTest {
  readonly pAdjusted: number | undefined;
  readonly level: number;
}

type Scale = "difference" | "lift";
type BothScales = ReturnType<MetricReading["at"]>;

/** Reads an estimate at another level; what has one scale ignores which is asked for. */
type ReadAgain = (look: Look, level: number, scale: Scale) => Estimate;

type AtLooks = Readonly<Record<Look, CorrectedTest | undefined>>;

/**
 * A reading with both looks corrected, and a cell's shrunken estimate; what is alike at both looks stays one object. Told
 * part by part, not spread: reports have thousands, of many shapes, which engines copy slowly.
 */
function withLooks(
  { fixed, planned, others }: Reading,
  tests: AtLooks,
  again: ReadAgain,
  scale: Scale = "difference",
  shrunken?: Estimate,
): Reading {
  const decides = atLook(planned, "planned", tests, again, scale);
  const told: Draft<Reading> = {
    fixed: fixed === planned ? decides : atLook(fixed, "fixed", tests, again, scale),
    planned: decides,
  };
  if (others) told.others = others;
  if (shrunken) told.shrunken = shrunken;
  return told;
}

function atLook(estimate: Estimate, look: Look, tests: AtLooks, again: ReadAgain, scale: Scale): Estimate {
  const test = tests[look];
  // A belief is no test, and has nothing to correct.
  if (test?.pAdjusted === undefined || estimate.status !== "ok" || estimate.belief !== undefined)
    return estimate;
  const { pAdjusted, level } = test;
  return withP(estimate, pAdjusted, level === estimate.level ? estimate : again(look, level, scale));
}

/** @returns the comparison with its corrected test on both scales, and the intervals that agree with it */
export function withIntervals(
  { comparison, reading: once, planned }: Asked,
  tests: AtLooks,
  shrunken?: ShrunkenCell,
): Draft<Comparison> {
  const { metric, contrast, cell, units, values, difference, lift, versions } = comparison;
  // Both scales are read at once, and asked for one after the other.
  let last: { readonly level: number; readonly look: Look; readonly read: BothScales } | undefined;
  const again: ReadAgain = (look, level, scale) => {
    const found = look === "fixed" ? once : planned;
    if (found && (last?.level !== level || last.look !== look))
      last = { level, look, read: found.at({ level }) };
    return last ? last.read[scale] : comparison[scale][look];
  };
  const told: Draft<Comparison> = {
    metric,
    contrast,
    cell,
    units,
    values,
    difference: withLooks(difference, tests, again, "difference", shrunken?.difference),
    lift: withLooks(lift, tests, again, "lift", shrunken?.lift),
  };
  if (versions) told.versions = versions;
  if (comparison.futile) told.futile = comparison.futile;
  return told;
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
function testOf({ difference, lift }: Comparison, look: Look): Estimate {
  return difference[look].status === "ok" ? difference[look] : lift[look];
}

/**
 * Corrects comparisons for being many. Difference and lift of one comparison are one test and carry one adjusted p-value,
 * each with the interval that agrees with it.
 * @returns new comparisons, and the family that was corrected together
 */
export function correctComparisons(
  asked: readonly Asked[],
  grain: Family["grain"],
  correction: Correction,
): { readonly comparisons: readonly Comparison[]; readonly family: FamilyTests } {
  const looks = bothLooks(asked, ({ comparison }, look) => testOf(comparison, look), correction);
  return {
    comparisons: asked.map((each, at) => withIntervals(each, testAt(looks, at))),
    family: { grain, correction, tests: looks.planned.tests },
  };
}

/** A number that is read at both looks, and again at the level that agrees with its correction. */
interface AskedReading {
  readonly reading: Reading;
  again(look: Look, level: number): Estimate;
}

/** Corrects readings for being many, each a test of its own. */
export function correctReadings(
  asked: readonly AskedReading[],
  grain: Family["grain"],
  correction: Correction,
): { readonly readings: readonly Reading[]; readonly family: FamilyTests } {
  const looks = bothLooks(asked, ({ reading }, look) => reading[look], correction);
  return {
    readings: asked.map(({ reading, again }, at) => withLooks(reading, testAt(looks, at), again)),
    family: { grain, correction, tests: looks.planned.tests },
  };
}

/** A cell that was asked about, and what more the report says of it. */
export interface CellInGrain {
  readonly asked: AskedCell;
  /** Undefined where data are adaptive. */
  readonly shrunken: ShrunkenCell | undefined;
  /** Whether the screen of its grain opened: whether it may be called different at all. */
  readonly open: boolean;
}

/** How a cell differs from the rest, at any level of either look. */
function apart({ type, strata, rest }: AskedCell, { rule }: CompareContext) {
  const found = type.readsApart(strata, rest());
  const read = (level: number) => found({ level });
  return (look: Look, level: number): Estimate =>
    rule && look === "planned" ? underLooks(level, read, rule) : read(level);
}

/**
 * Corrects the comparisons in cells for being many, as `correctComparisons`, and tests how cells differ from the rest of the
 * units, a family of its own, among the cells whose screen opened. Cells too thin to say anything are in no family.
 * @returns the cells' comparisons as the report has them, and both families
 */
export function correctCells(
  cells: readonly CellInGrain[],
  context: CompareContext,
  correction: Correction,
): { readonly comparisons: readonly Comparison[]; readonly families: readonly FamilyTests[] } {
  const own = bothLooks(
    cells,
    ({ asked }, look) => (asked.thin ? undefined : testOf(asked.comparison, look)),
    correction,
  );
  const apartAt = cells.map(({ asked, open }) =>
    !open || asked.thin || asked.comparison.difference.planned.status !== "ok"
      ? undefined
      : apart(asked, context),
  );
  const readings = apartAt.map((read): Reading | undefined => {
    if (!read) return undefined;
    const planned = read("planned", context.level);
    return reading(planned, undefined, context.rule ? read("fixed", context.level) : planned);
  });
  const rest = bothLooks(readings, (each, look) => each?.[look], correction);
  return {
    comparisons: cells.map(({ asked, shrunken }, at): Comparison => {
      const told = withIntervals(asked, testAt(own, at), shrunken);
      const read = readings[at];
      const again = apartAt[at];
      if (asked.elsewhere !== undefined) told.elsewhere = asked.elsewhere;
      if (asked.thin) told.thin = true;
      if (read && again) told.versusRest = withLooks(read, testAt(rest, at), again);
      return told;
    }),
    families: [
      { grain: "micro", correction, tests: own.planned.tests },
      { grain: "versus_rest", correction, tests: rest.planned.tests },
    ],
  };
}
