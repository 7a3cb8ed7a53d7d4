import type { Definition } from "../core/definition.js";
import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import { difference as showDifference, lift as showLift, pValue as showP } from "../core/numbers.js";
import { direction, outcomeOf, type RowPair } from "./pair-rows.js";
import type { Check, Contrast, Evidence, Recommendation, ReportMetric, VariantVerdict } from "./report.js";

function evidenceOf(metric: MetricDefinition, pair: RowPair): Evidence {
  return {
    metric: metric.key,
    role: metric.role,
    contrast: pair.difference.contrast,
    outcome: outcomeOf(metric, pair),
    ...(metric.role === "guardrail" ? { margin: metric.margin ?? 0 } : {}),
    difference: pair.difference.planned,
    lift: pair.lift.planned,
  };
}

/** The rules for one treatment, first match wins; docs/analysis.md lists them. */
function verdictOf(variant: string, evidence: readonly Evidence[]): VariantVerdict {
  const goals = evidence.filter((each) => each.role === "goal").map((each) => each.outcome);
  const guards = evidence.filter((each) => each.role === "guardrail");
  const bounded = guards.filter((each) => (each.margin ?? 0) > 0).map((each) => each.outcome);
  const decided = ((): Pick<VariantVerdict, "action" | "rule"> => {
    if (guards.some((each) => each.outcome === "worse")) return { action: "stop", rule: "guardrail_harmed" };
    if (goals.includes("better") && goals.includes("worse"))
      return { action: "cannot_tell", rule: "goals_conflict" };
    if (goals.includes("worse")) return { action: "stop", rule: "goal_worse" };
    if (goals.every((outcome) => outcome === "undefined"))
      return { action: "cannot_tell", rule: "no_estimate" };
    if (!goals.includes("better")) return { action: "keep_running", rule: "not_shown_yet" };
    if (bounded.includes("undefined")) return { action: "cannot_tell", rule: "guardrail_without_estimate" };
    if (bounded.includes("unclear")) return { action: "keep_running", rule: "guardrail_open" };
    return { action: "ship", rule: "goal_better" };
  })();
  return { variant, ...decided, evidence };
}

function goalLift(verdict: VariantVerdict, metrics: readonly MetricDefinition[]): number {
  const first = verdict.evidence.find((each) => each.role === "goal");
  const metric = metrics.find((each) => each.key === first?.metric);
  return first?.difference.value === undefined || !metric
    ? -Infinity
    : direction(metric) * first.difference.value;
}

function listed(evidence: readonly Evidence[]): string {
  return evidence
    .map((each) =>
      each.lift.value === undefined ? each.metric : `${each.metric} ${showLift(each.lift.value)}`,
    )
    .join(", ");
}

const sentences: Readonly<Record<string, (verdict: VariantVerdict, control: string) => string>> = {
  goal_better: ({ variant, evidence }, control) => {
    const better = evidence.filter((each) => each.role === "goal" && each.outcome === "better");
    const bounded = evidence.some((each) => each.role === "guardrail");
    return `${variant} beats ${control} (${listed(better)})${bounded ? ", and no guardrail is shown to suffer" : ""}.`;
  },
  guardrail_harmed: ({ variant, evidence }, control) =>
    `${variant} harms a guardrail against ${control} (${listed(evidence.filter((each) => each.role === "guardrail" && each.outcome === "worse"))}).`,
  goals_conflict: ({ variant }, control) =>
    `${variant} gains one goal and loses another against ${control}; which matters more is yours to say.`,
  goal_worse: ({ variant, evidence }, control) =>
    `${variant} does worse than ${control} (${listed(evidence.filter((each) => each.role === "goal" && each.outcome === "worse"))}).`,
  no_estimate: ({ variant }) => `No goal could be estimated for ${variant}.`,
  not_shown_yet: ({ variant }, control) =>
    `No goal is shown to differ between ${variant} and ${control} yet.`,
  guardrail_without_estimate: ({ variant }) =>
    `${variant} gains, but a guardrail's lift could not be estimated.`,
  guardrail_open: ({ variant }) =>
    `${variant} gains, but a guardrail is not yet shown to stay within its margin.`,
  srm: () =>
    "Units did not arrive in the planned shares, so something between assignment and data is broken; no result below can be trusted until it is found.",
  adaptive: () =>
    "A policy allocated these units by their outcomes; plain comparisons of such data are biased and are not tested.",
  no_goal: () => "No metric has the role of a goal, so there is nothing to decide by.",
};

function runnerUpSentence(
  best: VariantVerdict,
  { variant, metric, difference }: NonNullable<Recommendation["runnerUp"]>,
  { quantity }: ReportMetric,
): string {
  if (difference.status !== "ok" || difference.pValue >= 1 - difference.level)
    return `${variant} wins too, and the two are not told apart on ${metric}.`;
  const lead = showDifference(difference.value, quantity);
  return `${variant} wins too; ${best.variant} differs from it by ${lead} of ${metric} (p ${showP(difference.pValue)}).`;
}

const order = ["ship", "keep_running", "cannot_tell", "stop"] as const;

/**
 * Says what to do, by stated rules over goals and guardrails against control.
 * @param pairs      macro comparisons, corrected
 * @param headToHead compares two variants on the metric at a place, for naming the best of several
 * @returns the action, its rule and sentence, and a verdict a treatment with the numbers it rests on
 */
export function recommend(
  definition: Definition,
  metrics: readonly ReportMetric[],
  pairs: readonly RowPair[],
  srm: readonly Check[],
  headToHead: (metricAt: number, contrast: Contrast) => Estimate,
): Recommendation {
  const control = definition.control;
  const treatments = definition.variants
    .map((variant) => variant.key)
    .filter((variant) => variant !== control);
  const verdicts = treatments.map((variant) => {
    const evidence = metrics
      .filter((metric) => metric.role !== "diagnostic")
      .flatMap((metric) =>
        pairs
          .filter(
            ({ difference: { metric: key, contrast } }) =>
              key === metric.key && contrast[0] === control && contrast[1] === variant,
          )
          .map((pair) => evidenceOf(metric, pair)),
      );
    return verdictOf(variant, evidence);
  });
  const blanket = ((): Pick<VariantVerdict, "action" | "rule"> | undefined => {
    if (srm.some((check) => check.status === "failed")) return { action: "do_not_read", rule: "srm" };
    if (pairs.some(({ difference }) => difference.fixed.status === "adaptive"))
      return { action: "cannot_tell", rule: "adaptive" };
    if (!metrics.some((metric) => metric.role === "goal")) return { action: "cannot_tell", rule: "no_goal" };
    return undefined;
  })();
  if (blanket) {
    const variants = verdicts.map((verdict) => ({ ...verdict, ...blanket }));
    return {
      ...blanket,
      sentence: sentences[blanket.rule]?.(variants[0] as VariantVerdict, control) ?? "",
      variants,
    };
  }
  const ranked = [...verdicts].sort(
    (a, b) =>
      order.indexOf(a.action as (typeof order)[number]) - order.indexOf(b.action as (typeof order)[number]) ||
      goalLift(b, metrics) - goalLift(a, metrics),
  );
  const best = ranked[0] as VariantVerdict;
  const next = best.action === "ship" && ranked[1]?.action === "ship" ? ranked[1] : undefined;
  const goal = metrics.findIndex(({ role }) => role === "goal");
  const runnerUp = next && {
    variant: next.variant,
    metric: (metrics[goal] as ReportMetric).key,
    difference: headToHead(goal, [next.variant, best.variant]),
  };
  const sentence = sentences[best.rule]?.(best, control) ?? "";
  return {
    action: best.action,
    ...(best.action === "ship" ? { variant: best.variant } : {}),
    rule: best.rule,
    sentence: runnerUp
      ? `${sentence} ${runnerUpSentence(best, runnerUp, metrics[goal] as ReportMetric)}`
      : sentence,
    ...(runnerUp ? { runnerUp } : {}),
    variants: verdicts,
  };
}
