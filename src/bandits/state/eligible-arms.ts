import { ExperimentError, unknown_action } from "../../errors/index.js";
import type { Arm } from "./arm.js";

/** Whether an arm may be chosen: it is live, and among the keys if there are any. */
export const mayPlay = ({ key, status }: Arm, keys?: readonly string[]): boolean =>
  status === "live" && keys?.includes(key) !== false;

/** Indices of the arms that may be chosen, ascending. */
export const eligibleArms = (arms: readonly Arm[], keys?: readonly string[]): number[] =>
  [...arms.keys()].filter((i) => mayPlay(arms[i]!, keys));

/**
 * Refuses keys of no arm.
 * @throws ExperimentError `unknown_action` at ["eligible"]
 */
export function checkEligible(keys: readonly string[] | undefined, actions: readonly string[]): void {
  if (!keys) return;
  for (const key of keys)
    if (!actions.includes(key))
      throw new ExperimentError({ unknown_action }, ["eligible"], key, { known: actions });
}
