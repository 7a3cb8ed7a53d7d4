import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import { stepDown } from "../stats/corrections/index.js";
import { errorOfEach, errorTogether, sharedCorrelation } from "../stats/dunnett/index.js";
import { correctedLevel, corrections, type DecisionCorrection } from "../stats/index.js";
import type { LookRule } from "../stats/looks/index.js";
import type { Asked } from "./ask.js";
import type { Comparison } from "./comparison.js";
import { direction, type Look } from "./comparison-evidence.js";
import { type FamilyTests, withIntervals } from "./correct-comparisons.js";

/** With what its difference says with allowance for a stop at this look; as it is where it does not stop. */
function withStop(
  comparison: Comparison,
  rule: LookRule | undefined,
  { sign, gain }: Pick<Part, "sign" | "gain">,
  level = 0.95,
): Comparison {
  const { difference } = comparison;
  const { fixed, planned } = difference;
  if (!rule?.stopped || fixed.status !== "ok" || planned.status !== "ok") return comparison;
  // What an earlier look has shown has stopped there.
  if (planned.pValue < rule.pValueOf(fixed.pValue, { gain })) return comparison;
  const stagewise = rule.stopped(fixed, level, gain ? sign : undefined);
  return stagewise
    ? { ...comparison, difference: { ...difference, others: { ...difference.others, stagewise } } }
    : comparison;
}

type Side = "gain" | "harm";

/** What a comparison is to the decision: whether its gain and its harm can decide, or neither. */
interface Part {
  readonly comparison: Comparison;
  readonly sign: 1 | -1;
  readonly gain: boolean;
  readonly harm: boolean;
  /** A guardrail with a margin to stay within. */
  readonly bounded: boolean;
}

function testOf({ difference, lift }: Comparison, look: Look): Estimate {
  return difference[look].status === "ok" ? difference[look] : lift[look];
}

/** @returns the one-sided p-value of a gain or of harm; undefined without an estimate */
function sideOf({ comparison, sign }: Part, look: Look, side: Side): number | undefined {
  const test = testOf(comparison, look);
  if (test.status !== "ok") return undefined;
  const gained = sign * test.value > 0 === (side === "gain");
  return test.value !== 0 && gained ? test.pValue / 2 : 1 - test.pValue / 2;
}

/** The level that the comparisons are read at, as their estimates say. */
function familyLevel(parts: readonly Part[], look: Look): number {
  const levels = parts.flatMap(({ comparison }) => testOf(comparison, look).level ?? []);
  return levels[0] ?? 0.95;
}

/** One-sided tests after correction, and the two-sided level at which an interval agrees with them on their side. */
interface CorrectedSide {
  readonly adjusted: readonly (number | undefined)[];
  readonly levels: readonly number[];
}

/**
 * Corrects one-sided tests that share a control, metric by metric: Dunnett's step down over the treatments of one, the error shared
 * equally among metrics.
 */
function correctShared(
  parts: readonly Part[],
  tests: readonly (number | undefined)[],
  error: number,
  correlation: number,
): CorrectedSide {
  const metrics = [
    ...new Set(parts.flatMap((part, i) => (tests[i] === undefined ? [] : [part.comparison.metric]))),
  ];
  const adjusted: (number | undefined)[] = tests.map(() => undefined);
  const levels = parts.map(() => 1 - 2 * error);
  for (const metric of metrics) {
    const own = parts.flatMap(({ comparison }, i) => {
      const p = tests[i];
      return comparison.metric === metric && p !== undefined ? [{ i, p }] : [];
    });
    const found = stepDown(
      own.map(({ p }) => p),
      (p, rank) => metrics.length * errorTogether(p, own.length - rank, correlation),
    );
    const passed = found.filter((p) => p < error).length;
    const each = errorOfEach(error / metrics.length, own.length - Math.max(passed, 1) + 1, correlation);
    own.forEach(({ i }, at) => {
      adjusted[i] = found[at];
      levels[i] = 1 - 2 * each;
    });
  }
  return { adjusted, levels };
}

/** Corrects the one-sided tests of some comparisons together; the others have none. */
function correctSide(
  parts: readonly Part[],
  look: Look,
  side: Side,
  correction: DecisionCorrection,
  correlation: number,
  belongs: (part: Part) => boolean,
): CorrectedSide {
  const tests = parts.map((part) => (belongs(part) ? sideOf(part, look, side) : undefined));
  const level = (1 + familyLevel(parts, look)) / 2;
  if (correction === "dunnett") return correctShared(parts, tests, 1 - level, correlation);
  const pValues = tests.filter((p) => p !== undefined);
  const adjusted = corrections[correction](pValues);
  const one = correctedLevel(pValues, correction, level);
  let at = 0;
  return {
    adjusted: tests.map((p) => (p === undefined ? undefined : adjusted[at++])),
    levels: parts.map(() => 1 - 2 * (1 - one)),
  };
}

/** Correlation of two treatments' estimates through their control: that of the smallest. */
function correlationOf(parts: readonly Part[]): number {
  const ratios = parts.flatMap(({ comparison: { units }, harm }) =>
    harm && units[0] > 0 ? [units[1] / units[0]] : [],
  );
  return sharedCorrelation(Math.min(...ratios, 1));
}

/**
 * Corrects what decides: gains of goals over goals × treatments, harm over (goals + guardrails) × treatments, each
 * one-sided at half of 1 − level, and margins of guardrails, each at as much, uncorrected, since all must hold; everything else that is compared overall is a family of its own and decides nothing.
 * A comparison's adjusted p-value is that of the side on which its estimate lies, doubled, so that it is read against
 * 1 − level like every other; its interval is read at that side's level, but that of a guardrail with a margin at its own.
 * @param asked        macro comparisons, uncorrected
 * @param metrics      the metrics that they compare
 * @param control      key of the variant that decisions compare with
 * @param rule         of the plan's looks; absent where there is one
 * @returns new comparisons, and the families
 * @source Schultzberg, Ankargren & Frånberg (2024), arXiv 2402.11609, decision rule 1
 */
export function correctDecisions(
  asked: readonly Asked[],
  metrics: readonly MetricDefinition[],
  control: string,
  correction: DecisionCorrection,
  rule?: LookRule,
): { readonly comparisons: readonly Comparison[]; readonly families: readonly FamilyTests[] } {
  const parts = asked.map(({ comparison }): Part => {
    const metric = metrics.find(({ key }) => key === comparison.metric);
    const role = comparison.contrast[0] === control ? metric?.role : undefined;
    return {
      comparison,
      sign: metric ? direction(metric) : 1,
      gain: role === "goal",
      harm: role === "goal" || role === "guardrail",
      bounded: role === "guardrail" && (metric?.margin ?? 0) > 0,
    };
  });
  const shared = correlationOf(parts);
  // Contrasts of other kinds share nothing that is known.
  const plain = correction === "dunnett" ? "holm" : correction;
  const adjustedAt = (look: Look) => {
    const correlation = shared * (look === "fixed" || !rule ? 1 : (rule.alike ?? 0));
    const side = (of: Side, belongs: (part: Part) => boolean) =>
      correctSide(parts, look, of, correction, correlation, belongs);
    const gain = side("gain", (part) => part.gain);
    const harm = side("harm", (part) => part.harm);
    // A guardrail's gain decides nothing; it is corrected like its harm, so that either side is read alike.
    const relief = side("gain", (part) => part.harm);
    const others = parts.map(({ comparison, harm }) => {
      const test = testOf(comparison, look);
      return harm || test.status !== "ok" ? undefined : test.pValue;
    });
    const untold = others.filter((p) => p !== undefined);
    const told = corrections[plain](untold);
    const toldLevel = correctedLevel(untold, plain, familyLevel(parts, look));
    let at = 0;
    const corrected = parts.map(({ comparison, sign, gain: isGoal, harm: decides, bounded }, i) => {
      if (!decides) return { pAdjusted: others[i] === undefined ? undefined : told[at++], level: toldLevel };
      const test = testOf(comparison, look);
      if (test.status !== "ok") return { pAdjusted: undefined, level: toldLevel };
      const gained = sign * test.value > 0;
      const { adjusted, levels } = gained ? (isGoal ? gain : relief) : harm;
      const side = adjusted[i];
      // A margin is kept or not by the interval itself, which needs no correction: all guardrails must keep theirs.
      return {
        pAdjusted: side === undefined ? undefined : Math.min(1, 2 * side),
        level: bounded ? test.level : (levels[i] ?? toldLevel),
      };
    });
    const count = (list: readonly (number | undefined)[]) => list.filter((p) => p !== undefined).length;
    const margins = parts.filter(
      ({ bounded, comparison }) => bounded && comparison.lift[look].status === "ok",
    );
    return {
      corrected,
      tests: {
        gains: count(gain.adjusted),
        margins: margins.length,
        harms: count(harm.adjusted),
        macro: told.length,
      },
    };
  };
  const [fixed, planned] = [adjustedAt("fixed"), adjustedAt("planned")];
  const { tests } = planned;
  return {
    comparisons: asked.map((each, i) => {
      const tests = { fixed: fixed.corrected[i], planned: planned.corrected[i] };
      const told = withIntervals(each, tests);
      const part = parts[i];
      return part?.harm && !part.bounded ? withStop(told, rule, part, tests.planned?.level) : told;
    }),
    families: [
      { grain: "gains", correction, tests: tests.gains },
      { grain: "margins", correction: "none", tests: tests.margins },
      { grain: "harms", correction, tests: tests.harms },
      { grain: "macro", correction: plain, tests: tests.macro },
    ],
  };
}
