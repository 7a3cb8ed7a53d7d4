import type { Definition } from "../../core/definition.js";
import { allocationOf } from "../../definition/index.js";
import { firstError, sharedCorrelation } from "../../stats/dunnett/index.js";
import type { DecisionCorrection } from "../../stats/index.js";
import { ALIKE, type PlannedFutility } from "../../stats/looks/index.js";

/**
 * When a plan gives gains up: for the effect that it finds with its power, at the error of one gain's test after the first step of
 * the correction over goals × treatments.
 * @param level      of all looks together
 * @param fractions  at which the plan looks
 * @param macro      correction over goals × treatments
 * @returns undefined for plans without futility
 */
export function futilityOf(
  definition: Definition,
  level: number,
  fractions: readonly number[],
  macro: DecisionCorrection,
): PlannedFutility | undefined {
  const { plan, metrics, variants, control } = definition;
  const { futility, power = 0.8 } = plan;
  const goals = metrics.filter(({ role }) => role === "goal").length;
  if (!futility || goals === 0) return undefined;
  const shares = Object.entries<number>(allocationOf(definition));
  const ofControl = shares.find(([key]) => key === control)?.[1] ?? 1;
  const least = Math.min(...shares.flatMap(([key, share]) => (key === control ? [] : [share])));
  const correlation = ALIKE * sharedCorrelation(least / ofControl);
  return {
    ...futility,
    ...{ power, fractions },
    error: firstError((1 - level) / 2, macro, { goals, treatments: variants.length - 1, correlation }),
  };
}
