import type { Definition } from "../../core/definition.js";
import { type Correction, correctedLevel } from "../../stats/index.js";
import type { PlannedFutility } from "../../stats/looks/index.js";

/**
 * When a plan gives gains up: for the effect that it finds with its power, at the error of one gain's test after the first step of
 * the correction over goals × treatments.
 * @param level      of all looks together
 * @param fractions  at which the plan looks
 * @param macro      correction over goals × treatments
 * @returns undefined for plans without futility
 */
export function futilityOf(
  { plan, metrics, variants }: Definition,
  level: number,
  fractions: readonly number[],
  macro: Correction,
): PlannedFutility | undefined {
  const { futility, power = 0.8 } = plan;
  const goals = metrics.filter(({ role }) => role === "goal").length;
  if (!futility || goals === 0) return undefined;
  const family = Array.from({ length: goals * (variants.length - 1) }, () => 1);
  return {
    ...futility,
    ...{ power, fractions },
    error: 1 - correctedLevel(family, macro, (1 + level) / 2),
  };
}
