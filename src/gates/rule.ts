import { pointsOf, RULE } from "../hash/seed.js";
import type { Ask } from "./gate.js";
import { policy } from "./policy.js";
import type { ReadExperiment } from "./read-experiment.js";

/**
 * One gate per rule: whoever meets its condition gets its variant, but for those held back, for whom chance or the policy
 * decides.
 */
export const rule = (experiment: ReadExperiment): Ask[] => {
  const { salt, rules = [] } = experiment;
  const point = pointsOf(salt, RULE);
  const learns = policy(experiment);
  return rules.map((rule) => (unitId, context) => {
    if (!rule.when(context)) return true;
    const heldBack = point(unitId) < rule.holdback;
    return heldBack && learns ? learns(unitId, context) : { ...rule, heldBack };
  });
};
