import { ALIKE, alphaSpending } from "./alpha-spending.js";
import { alwaysValid } from "./always-valid.js";
import { bayes } from "./bayes.js";
import { equalShares } from "./equal-shares.js";
import type { LookRuleKind } from "./look-rule.js";
import { oneLook } from "./one-look.js";

export { choicesAt, type FalseChoices, falseChoices } from "./bayes.js";
export type {
  Believing,
  LookBounds,
  LookRule,
  LookRuleKind,
  LookSettings,
  PlannedFutility,
  PlannedLooks,
  TestAtLook,
} from "./look-rule.js";
export { ALIKE };

/** The family of ways to read one of several looks. A new one is one file and one line here. */
export const lookRules = {
  "one-look": oneLook,
  "always-valid": alwaysValid,
  "alpha-spending": alphaSpending,
  "equal-shares": equalShares,
  bayes,
} as const satisfies Readonly<Record<string, LookRuleKind>>;

/** Name of a rule. */
export type LookRuleName = keyof typeof lookRules;
