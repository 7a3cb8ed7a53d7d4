import type { RecommendationRule } from "../recommendation-rule.js";
import { adaptive } from "./adaptive.js";
import { bandit } from "./bandit.js";
import { goalBetter } from "./goal-better.js";
import { goalWorse } from "./goal-worse.js";
import { goalsConflict } from "./goals-conflict.js";
import { guardrailHarmed } from "./guardrail-harmed.js";
import { guardrailOpen } from "./guardrail-open.js";
import { guardrailWithoutEstimate } from "./guardrail-without-estimate.js";
import { noEstimate } from "./no-estimate.js";
import { noGoal } from "./no-goal.js";
import { notShownYet } from "./not-shown-yet.js";
import { propensities } from "./propensities.js";
import { srm } from "./srm.js";

/**
 * The family of rules. The first that matches is followed: of those about the whole report, then of those about a
 * treatment. A new member is one new file and one line here, at its place in that order; its sentence in each language
 * of `report/words` is then demanded by its type.
 */
export const recommendationRules = {
  propensities,
  srm,
  bandit,
  adaptive,
  no_goal: noGoal,
  guardrail_harmed: guardrailHarmed,
  goals_conflict: goalsConflict,
  goal_worse: goalWorse,
  no_estimate: noEstimate,
  not_shown_yet: notShownYet,
  guardrail_without_estimate: guardrailWithoutEstimate,
  guardrail_open: guardrailOpen,
  goal_better: goalBetter,
} as const satisfies Readonly<Record<string, RecommendationRule>>;

/** Name of a rule. */
export type RuleName = keyof typeof recommendationRules;
