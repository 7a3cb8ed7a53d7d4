import { evidenceList } from "../evidence-list.js";
import type { LanguageWords, RuleFacts, Voice } from "../language.js";

const variantOf = ({ verdict }: RuleFacts) => verdict?.variant ?? "";

function runnerUp({ verdict, runnerUp }: RuleFacts, voice: Voice): string {
  if (!runnerUp) return "";
  const { variant, metric, difference, quantity } = runnerUp;
  if (difference.status !== "ok" || difference.pValue >= 1 - difference.level)
    return ` ${variant} wins too, and no difference between the two is shown on ${metric}.`;
  const lead = voice.difference(difference.value, quantity);
  return ` ${variant} wins too; ${verdict?.variant} differs from it by ${lead} of ${metric} (${voice.p(difference.pValue)}).`;
}

/** The sentence of each rule, in English. */
export const rules: LanguageWords["rules"] = {
  propensities: () =>
    "Actions did not come as often as their recorded probabilities say, so something between decision and log is broken; no estimate below can be trusted until it is found.",
  srm: () =>
    "Units did not arrive in the planned shares, so something between assignment and data is broken; no result below can be trusted until it is found.",
  bandit({ leader }, voice) {
    const today = leader
      ? ` Today ${leader.name} is the best with probability ${voice.probability(leader.best)}.`
      : "";
    return `A bandit needs no verdict to act on: it moves the traffic itself as it learns.${today}`;
  },
  adaptive: () =>
    "A policy allocated these units by their outcomes; plain comparisons of such data are biased and are not tested.",
  no_goal: () => "No metric has the role of a goal, so there is nothing to decide by.",
  guardrail_harmed: (facts, voice) =>
    `${variantOf(facts)} harms a guardrail against ${facts.control} (${evidenceList(facts, "guardrail", "worse", voice)}).`,
  goals_conflict: (facts) =>
    `${variantOf(facts)} gains one goal and loses another against ${facts.control}; you decide which matters more.`,
  goal_worse: (facts, voice) =>
    `${variantOf(facts)} does worse than ${facts.control} (${evidenceList(facts, "goal", "worse", voice)}).`,
  no_estimate: (facts) => `No goal could be estimated for ${variantOf(facts)}.`,
  not_shown_yet: (facts) =>
    `No goal is shown to differ between ${variantOf(facts)} and ${facts.control} yet.`,
  guardrail_without_estimate: (facts) =>
    `${variantOf(facts)} gains, but a guardrail's lift could not be estimated.`,
  guardrail_open: (facts) =>
    `${variantOf(facts)} gains, but a guardrail is not yet shown to stay within its margin.`,
  goal_better(facts, voice) {
    const guarded = facts.verdict?.evidence.some(({ role }) => role === "guardrail") ?? false;
    return `${variantOf(facts)} beats ${facts.control} (${evidenceList(facts, "goal", "better", voice)})${guarded ? ", and no guardrail is shown to suffer" : ""}.${runnerUp(facts, voice)}`;
  },
};
