import type { RecommendationRule } from "../recommendation-rule.js";
import { adaptive } from "./adaptive.js";
import { bandit } from "./bandit.js";
import { fewUnits } from "./few-units.js";
import { futile } from "./futile.js";
import { goalBetter } from "./goal-better.js";
import { goalWorse } from "./goal-worse.js";
import { goalsConflict } from "./goals-conflict.js";
import { guardrailHarmed } from "./guardrail-harmed.js";
import { guardrailOpen } from "./guardrail-open.js";
import { guardrailWithoutEstimate } from "./guardrail-without-estimate.js";
import { noEffectLeft } from "./no-effect-left.js";
import { noEstimate } from "./no-estimate.js";
import { noGoal } from "./no-goal.js";
import { notShownYet } from "./not-shown-yet.js";
import { oneLookShips } from "./one-look-ships.js";
import { oneLookStops } from "./one-look-stops.js";
import { oneUnit } from "./one-unit.js";
import { propensities } from "./propensities.js";
import { reversed } from "./reversed.js";
import { srm } from "./srm.js";

/**
 * The family of rules: decision rule 1 of Schultzberg, Ankargren & Frånberg (2024), arXiv 2402.11609. Ship what is shown to
 * be better on a goal, where every guardrail is shown to stay within its margin, nothing is shown to be worse and the
 * quality checks pass. The first that matches is followed: of those about the whole report, then of those about a
 * treatment. A new member is one new file and one line here, at its place in that order; its sentence in each language
 * of `report/words` is then demanded by its type.
 */
export const recommendationRules = {
  propensities,
  srm,
  bandit,
  adaptive,
  no_goal: noGoal,
  reversed,
  one_unit: oneUnit,
  few_units: fewUnits,
  guardrail_harmed: guardrailHarmed,
  goals_conflict: goalsConflict,
  goal_worse: goalWorse,
  no_estimate: noEstimate,
  no_effect_left: noEffectLeft,
  futile,
  one_look_ships: oneLookShips,
  one_look_stops: oneLookStops,
  not_shown_yet: notShownYet,
  guardrail_without_estimate: guardrailWithoutEstimate,
  guardrail_open: guardrailOpen,
  goal_better: goalBetter,
} as const satisfies Readonly<Record<string, RecommendationRule>>;

/** Name of a rule. */
export type RuleName = keyof typeof recommendationRules;
