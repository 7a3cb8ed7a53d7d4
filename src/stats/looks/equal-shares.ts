import type { LookRuleKind } from "./look-rule.js";

/** Every look has an equal share of the error, whatever was seen before and whenever it comes (Bonferroni). */
export const equalShares: LookRuleKind = ({ level, looks, before }) => ({
  levelOf: (each) => 1 - (1 - each) / looks,
  pValueOf: (pValue) => Math.min(1, looks * pValue),
  spent: ((1 - level) * Math.min(looks, before.length + 1)) / looks,
});
