import type { LanguageWords } from "../language.js";
import { standingOf } from "../standing.js";

const metrics = (evidence: readonly { readonly metric: string }[]) =>
  evidence.map(({ metric }) => metric).join(", ");

/** What to do next after each rule, in English. */
export const next: LanguageWords["next"] = {
  propensities: () => "Find what lies between decision and log, then analyze again.",
  srm: () => "Find out which units are missing or counted twice, then run the test again.",
  bandit: () => "Let it run: it keeps learning and moves the traffic by what it learns.",
  adaptive: () => "Give the decision log to the analysis: it estimates what the policy gained.",
  no_goal: () => "Give the metric that decides the role of a goal.",
  reversed: () => "Find out why the variants met different mixes; do not act on the sum.",
  one_unit: () => "Find out whether that unit is a customer, and decide by the other figures.",
  few_units: () =>
    "Find out whether those units are customers or machines; leave machines out, then analyze again.",
  guardrail_harmed: ({ verdict }) => {
    const { lost, tolerated } = standingOf(verdict ?? { evidence: [] });
    return `Do not ship it as it is. Change what harms ${metrics([...lost, ...tolerated])}, then test again.`;
  },
  goals_conflict: () => "Decide which goal weighs more before the next test; do not ship it as it is.",
  goal_worse: ({ control }) => `Stay with ${control}.`,
  no_estimate: () => "Check that the goal's events reach the data for both variants.",
  no_effect_left: ({ control }) => `End the test. Stay with ${control}, or choose by cost.`,
  futile: ({ verdict, control }) =>
    `End the test of ${verdict?.variant ?? "this variant"} and stay with ${control}; test something bolder.`,
  one_look_ships: () =>
    "If this is the one planned look, say so (`looks: 1` in the plan) and ship it; otherwise keep the test running.",
  one_look_stops: ({ control }) =>
    `If this is the one planned look, say so (\`looks: 1\` in the plan) and stay with ${control}; otherwise keep the test running.`,
  not_shown_yet: ({ anyLook }) =>
    anyLook
      ? "Keep the test running, and look again whenever you like."
      : "Keep the test running to its planned end; do not decide before.",
  guardrail_without_estimate: () => "Keep the test running until the guardrail can be estimated.",
  guardrail_open: ({ verdict }) => {
    const { open } = standingOf(verdict ?? { evidence: [] });
    return open.length > 0
      ? `Keep the test running until ${metrics(open)} ${open.length > 1 ? "are" : "is"} shown to stay within ${open.length > 1 ? "their margins" : "its margin"}.`
      : "Keep the test running until every guardrail is shown to stay within its margin.";
  },
  goal_better({ verdict, control }) {
    const { unbounded, tolerated } = standingOf(verdict ?? { evidence: [] });
    const watched = metrics([...tolerated, ...unbounded]);
    const watch = watched ? ` Watch ${watched} while you do.` : "";
    return `Ship it.${watch} A small share kept on ${control} shows whether the gain lasts.`;
  },
};
