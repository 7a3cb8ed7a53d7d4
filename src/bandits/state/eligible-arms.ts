import { ExperimentError, unknown_action } from "../../errors/index.js";
import type { Arm } from "./arm.js";

/**
 * Indices of the arms that may be chosen, ascending: those that are live, and among the keys if there are any.
 * @throws ExperimentError `unknown_action` at ["eligible"] for a key of no arm
 */
export function eligibleArms(arms: readonly Arm[], keys?: readonly string[]): number[] {
  const rest = keys && new Set(keys);
  const eligible = [...arms.keys()].filter((i) => {
    const { key, status } = arms[i]!;
    return rest?.delete(key) !== false && status === "live";
  });
  for (const key of rest ?? [])
    throw new ExperimentError({ unknown_action }, ["eligible"], key, { known: arms.map(({ key }) => key) });
  return eligible;
}
