import { pointsOf, RULE } from "../hash/seed.js";
import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** One gate per rule: whoever meets its condition gets its variant, but for those held back, whom chance decides. */
export const rule = ({ salt, rules = [] }: ReadExperiment): Ask[] => {
  const point = pointsOf(salt, RULE);
  return rules.map(
    (rule) => (unitId, context) =>
      rule.when(context) ? { ...rule, heldBack: point(unitId) < rule.holdback } : true,
  );
};
