import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import { type Correction, corrections } from "../stats/index.js";
import type { Comparison } from "./comparison.js";
import { direction } from "./comparison-evidence.js";
import type { Family } from "./report.js";

type Side = "gain" | "harm";
type Look = "fixed" | "planned";

/** What a comparison is to the decision: whether its gain and its harm can decide, or neither. */
interface Part {
  readonly comparison: Comparison;
  readonly sign: 1 | -1;
  readonly gain: boolean;
  readonly harm: boolean;
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

/** Corrects the one-sided tests of some comparisons together; the others have none. */
function correctSide(
  parts: readonly Part[],
  look: Look,
  side: Side,
  correction: Correction,
  belongs: (part: Part) => boolean,
): readonly (number | undefined)[] {
  const tests = parts.map((part) => (belongs(part) ? sideOf(part, look, side) : undefined));
  const adjusted = corrections[correction](tests.filter((p) => p !== undefined));
  let at = 0;
  return tests.map((p) => (p === undefined ? undefined : adjusted[at++]));
}

const withP = (estimate: Estimate, pAdjusted: number | undefined): Estimate =>
  estimate.status === "ok" && pAdjusted !== undefined ? { ...estimate, pAdjusted } : estimate;

/**
 * Corrects what decides: gains of goals over goals × treatments, harm over (goals + guardrails) × treatments, each
 * one-sided at half of 1 − level; everything else that is compared overall is a family of its own and decides nothing.
 * A comparison's adjusted p-value is that of the side on which its estimate lies, doubled, so that it is read against
 * 1 − level like every other.
 * @param comparisons  macro comparisons, uncorrected
 * @param metrics      the metrics that they compare
 * @param control      key of the variant that decisions compare with
 * @returns new comparisons, and the families
 * @source Schultzberg, Ankargren & Frånberg (2024), arXiv 2402.11609, decision rule 1
 */
export function correctDecisions(
  comparisons: readonly Comparison[],
  metrics: readonly MetricDefinition[],
  control: string,
  correction: Correction,
): { readonly comparisons: readonly Comparison[]; readonly families: readonly Family[] } {
  const parts = comparisons.map((comparison): Part => {
    const metric = metrics.find(({ key }) => key === comparison.metric);
    const role = comparison.contrast[0] === control ? metric?.role : undefined;
    return {
      comparison,
      sign: metric ? direction(metric) : 1,
      gain: role === "goal",
      harm: role === "goal" || role === "guardrail",
    };
  });
  const adjustedAt = (look: Look) => {
    const gain = correctSide(parts, look, "gain", correction, (part) => part.gain);
    const harm = correctSide(parts, look, "harm", correction, (part) => part.harm);
    // A guardrail's gain decides nothing; it is corrected like its harm, so that either side is read alike.
    const relief = correctSide(parts, look, "gain", correction, (part) => part.harm);
    const others = parts.map(({ comparison, harm }) => {
      const test = testOf(comparison, look);
      return harm || test.status !== "ok" ? undefined : test.pValue;
    });
    const told = corrections[correction](others.filter((p) => p !== undefined));
    let at = 0;
    const adjusted = parts.map(({ comparison, sign, gain: isGoal, harm: decides }, i) => {
      if (!decides) return others[i] === undefined ? undefined : told[at++];
      const test = testOf(comparison, look);
      if (test.status !== "ok") return undefined;
      const gained = sign * test.value > 0;
      const side = gained ? (isGoal ? gain[i] : relief[i]) : harm[i];
      return side === undefined ? undefined : Math.min(1, 2 * side);
    });
    const count = (list: readonly (number | undefined)[]) => list.filter((p) => p !== undefined).length;
    return { adjusted, tests: { gains: count(gain), harms: count(harm), macro: told.length } };
  };
  const [fixed, planned] = [adjustedAt("fixed"), adjustedAt("planned")];
  const { tests } = planned;
  return {
    comparisons: comparisons.map((each, i) => ({
      ...each,
      difference: {
        ...each.difference,
        fixed: withP(each.difference.fixed, fixed.adjusted[i]),
        planned: withP(each.difference.planned, planned.adjusted[i]),
      },
      lift: {
        ...each.lift,
        fixed: withP(each.lift.fixed, fixed.adjusted[i]),
        planned: withP(each.lift.planned, planned.adjusted[i]),
      },
    })),
    families: [
      { grain: "gains", correction, tests: tests.gains },
      { grain: "harms", correction, tests: tests.harms },
      { grain: "macro", correction, tests: tests.macro },
    ],
  };
}
