import { decisive } from "../decisive.js";
import type { LanguageWords, RuleFacts, Voice } from "../language.js";
import { onFewEvents, type Standing, standingOf, withLifts } from "../standing.js";

const variantOf = ({ verdict }: RuleFacts) => verdict?.variant ?? "";

function runnerUp({ verdict, runnerUp }: RuleFacts, voice: Voice): string {
  if (!runnerUp) return "";
  const { variant, metric, difference, quantity } = runnerUp;
  if (difference.status !== "ok" || difference.pValue >= 1 - difference.level)
    return ` ${variant} wins too, and no difference between the two is shown on ${metric}.`;
  const lead = voice.difference(difference.value, quantity, difference.interval);
  return ` ${variant} wins too; ${verdict?.variant} differs from it by ${lead} of ${metric} (${voice.p(difference.pValue)}).`;
}

const standing = ({ verdict }: RuleFacts): Standing => standingOf(verdict ?? { evidence: [] });

/** What stands if this is the one planned look. */
const atOneLook = ({ verdict }: RuleFacts): Standing => standingOf(verdict?.atOneLook ?? { evidence: [] });

/** What is still at risk beside a gain, each as a clause. */
export function risks(facts: RuleFacts, voice: Voice): readonly string[] {
  const { gained, open, unbounded, tolerated } = standing(facts);
  return [
    ...open.map(
      ({ metric, margin = 0 }) =>
        `${metric} is not shown to stay within its margin of ${voice.share(margin)}`,
    ),
    ...tolerated.map(
      ({ metric, lift, margin = 0 }) =>
        `${metric} gets worse${lift.status === "ok" ? ` (${voice.lift(lift.value, lift.interval)})` : ""}, within its margin of ${voice.share(margin)}`,
    ),
    ...unbounded.map(({ metric, lift }) =>
      lift.status === "ok"
        ? `${metric}, which has no margin, lies anywhere from ${voice.liftInterval(decisive(lift))}`
        : `${metric}, which has no margin, is open`,
    ),
    ...onFewEvents(gained).map((metric) => `${metric} rests on few events`),
  ];
}

const atRisk = (facts: RuleFacts, voice: Voice) =>
  risks(facts, voice)
    .map((each) => `; ${each}`)
    .join("");

/** What a variant that is not shipped gains all the same. */
function despite(facts: RuleFacts, voice: Voice): string {
  const { gained } = standing(facts);
  return gained.length === 0 ? "" : `, though it gains ${withLifts(gained, voice)}`;
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
  reversed: (facts) =>
    `What ${variantOf(facts)} shows against ${facts.control} changes its sign once the levels of a dimension are weighted alike: the variants met different mixes of it. Find out why before you decide.`,
  one_unit: (facts) =>
    `What ${variantOf(facts)} shows against ${facts.control} rests on a single unit: without it, no difference is shown. Find out whether that unit is a customer, and decide by the other figures.`,
  few_units: (facts) =>
    `What ${variantOf(facts)} shows against ${facts.control} rests on the weight of a few units: with that capped, no difference is shown. Find out whether they are customers or machines, and decide by the capped figures.`,
  guardrail_harmed: (facts, voice) =>
    `${variantOf(facts)} harms a guardrail against ${facts.control} (${withLifts([...standing(facts).lost, ...standing(facts).tolerated], voice)})${despite(facts, voice)}.`,
  goals_conflict: (facts, voice) =>
    `${variantOf(facts)} gains ${withLifts(standing(facts).gained, voice)} and loses ${withLifts(standing(facts).lost, voice)} against ${facts.control}; no goal may get worse.`,
  goal_worse: (facts, voice) =>
    `${variantOf(facts)} does worse than ${facts.control} (${withLifts(standing(facts).lost, voice)}).`,
  no_estimate: (facts) => `No goal could be estimated for ${variantOf(facts)}.`,
  no_effect_left(facts, voice) {
    const left = standing(facts).negligible.map(
      ({ metric, smallest = 0, lift }) =>
        `no effect of ±${voice.share(smallest)} on ${metric} is left${lift.status === "ok" ? ` (${voice.liftInterval(lift.interval)})` : ""}`,
    );
    return `Between ${variantOf(facts)} and ${facts.control} ${left.join(", and ")}: waiting longer finds nothing worth having.`;
  },
  futile: (facts, voice) =>
    `Stopped for futility, not for harm: so little gain of ${variantOf(facts)} over ${facts.control} is shown (${withLifts(standing(facts).futile, voice)}) that the gain this plan was made to find would hardly be found any more. No goal is shown to be worse.`,
  one_look_ships: (facts, voice) =>
    `As the plan's one look, ${variantOf(facts)} beats ${facts.control} (${withLifts(atOneLook(facts).gained, voice)}). Where one may look at any time, that is not shown yet.`,
  one_look_stops: (facts, voice) =>
    `As the plan's one look, ${variantOf(facts)} does worse than ${facts.control} (${withLifts([...atOneLook(facts).lost, ...atOneLook(facts).tolerated], voice)}). Where one may look at any time, that is not shown yet.`,
  not_shown_yet: (facts) =>
    `No goal is shown to differ between ${variantOf(facts)} and ${facts.control} yet.`,
  guardrail_without_estimate: (facts, voice) =>
    `${variantOf(facts)} gains ${withLifts(standing(facts).gained, voice)} against ${facts.control}, but a guardrail's lift could not be estimated${atRisk(facts, voice)}.`,
  guardrail_open: (facts, voice) =>
    `${variantOf(facts)} gains ${withLifts(standing(facts).gained, voice)} against ${facts.control}${atRisk(facts, voice)}.`,
  goal_better(facts, voice) {
    const guarded = facts.verdict?.evidence.some(({ margin = 0 }) => margin > 0) ?? false;
    const safe = guarded ? ", and every guardrail with a margin is shown to stay within it" : "";
    return `${variantOf(facts)} beats ${facts.control} (${withLifts(standing(facts).gained, voice)})${safe}${atRisk(facts, voice)}.${runnerUp(facts, voice)}`;
  },
};
