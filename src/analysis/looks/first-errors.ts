import type { Definition } from "../../core/definition.js";
import { allocationOf } from "../../definition/index.js";
import { firstError, sharedCorrelation } from "../../stats/dunnett/index.js";
import type { DecisionCorrection } from "../../stats/index.js";
import { ALIKE } from "../../stats/looks/index.js";

/** The tests of one side that share an error, and what each may err by at the first step of their correction. */
export interface FirstError {
  readonly tests: number;
  /** One-sided. */
  readonly error: number;
}

/**
 * Gains are tested over goals × treatments, harm over (goals + guardrails) × treatments, each side at half of 1 − level.
 * @param level  of all looks together
 * @param macro  correction of either family
 */
export function firstErrors(
  definition: Definition,
  level: number,
  macro: DecisionCorrection,
): { readonly gain: FirstError; readonly harm: FirstError } {
  const { metrics, variants, control } = definition;
  const shares = Object.entries<number>(allocationOf(definition));
  const ofControl = shares.find(([key]) => key === control)?.[1] ?? 1;
  const least = Math.min(...shares.flatMap(([key, share]) => (key === control ? [] : [share])));
  const correlation = ALIKE * sharedCorrelation(least / ofControl);
  const treatments = variants.length - 1;
  const of = (metricCount: number): FirstError => ({
    tests: metricCount * treatments,
    error: firstError((1 - level) / 2, macro, { goals: metricCount, treatments, correlation }),
  });
  const goals = metrics.filter(({ role }) => role === "goal").length;
  const deciding = metrics.filter(({ role }) => role !== "diagnostic").length;
  return { gain: of(Math.max(1, goals)), harm: of(Math.max(1, deciding)) };
}
