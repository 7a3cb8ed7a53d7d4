import { type ErrorPath, requireArray, within } from "../../errors/index.js";
import type { Constraint } from "../constraints/constraint.js";
import type { Objective } from "../objectives/objective.js";
import { requirePart } from "./make-part.js";
import type { Setup } from "./state.js";

/**
 * Lets constraints and objective refuse arms that they were not made for.
 * @param setup     a bandit's
 * @param path      where the setup stands
 * @param settings  where settings stand within a part
 * @throws ExperimentError `not_a_part`, `wrong_type`, and their own problems, at ["constraints", i, …] and ["objective", …]
 */
export function meetArms(
  { arms, constraints, objective }: Pick<Setup, "arms" | "constraints" | "objective">,
  path: ErrorPath = [],
  settings: ErrorPath = [],
): void {
  requireArray(constraints, ["constraints"]);
  const actions = arms.map(({ key }) => key);
  const meet = (part: Constraint | Objective, method: "hold" | "of", ...place: ErrorPath) => {
    requirePart(part, method, place);
    within([...path, ...place, ...settings], () => part.meet?.(actions, arms));
  };
  constraints.forEach((each, i) => {
    meet(each, "hold", "constraints", i);
  });
  if (objective !== undefined) meet(objective, "of", "objective");
}
