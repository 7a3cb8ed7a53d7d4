import type { LookRuleKind } from "./look-rule.js";

/** The one planned look: nothing is paid for others. */
export const oneLook: LookRuleKind = ({ level }) => ({
  levelOf: (each) => each,
  pValueOf: (pValue) => pValue,
  alike: 1,
  spent: 1 - level,
});
