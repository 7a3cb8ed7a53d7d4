import type { Definition } from "../../core/definition.js";
import type { DecisionCorrection } from "../../stats/index.js";
import type { PlannedFutility } from "../../stats/looks/index.js";
import { firstErrors } from "./first-errors.js";

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
  const { plan, metrics } = definition;
  const { futility, power = 0.8 } = plan;
  if (!futility || !metrics.some(({ role }) => role === "goal")) return undefined;
  return {
    ...futility,
    ...{ power, fractions },
    error: firstErrors(definition, level, macro).gain.error,
  };
}
