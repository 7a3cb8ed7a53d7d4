import type { Definition } from "../../core/definition.js";
import type { Estimate } from "../../core/estimate.js";
import type { Contrast, ReportMetric } from "../comparison.js";
import {
  type ComparisonOutcome,
  direction,
  type Evidence,
  evidenceOf,
  type Look,
} from "../comparison-evidence.js";
import type { Action } from "./action.js";
import type { RecommendationRule, ReportFacts, VariantFacts } from "./recommendation-rule.js";
import { type RuleName, recommendationRules } from "./rules/index.js";

/** What the data say about one treatment. */
export interface VariantVerdict {
  readonly variant: string;
  readonly action: Action;
  /** The rule followed, by name; see docs/analysis.md. */
  readonly rule: RuleName;
  readonly evidence: readonly Evidence[];
  /** Where the plan does not say how often it looks: what would be done if this were the one planned look, where it is more. */
  readonly atOneLook?: {
    readonly action: Action;
    readonly rule: RuleName;
    readonly evidence: readonly Evidence[];
  };
}

/** What to do with the experiment, why, and by which rule; `recommendationSentence` of `essai/report` says it in words. */
export interface Recommendation {
  readonly action: Action;
  /** The variant to ship; only with `ship`. */
  readonly variant?: string;
  readonly rule: RuleName;
  /** The treatment the rule speaks of: the most promising one; absent where it speaks of the whole report. */
  readonly about?: string;
  /** The next best of several to ship: the first goal's difference, shipped − this one, one test by itself. */
  readonly runnerUp?: { readonly variant: string; readonly metric: string; readonly difference: Estimate };
  readonly variants: readonly VariantVerdict[];
}

type Decision = Pick<VariantVerdict, "action" | "rule">;

/** The first rule of the family that `holds`. */
function decide(holds: (rule: RecommendationRule) => boolean): Decision | undefined {
  const names = Object.keys(recommendationRules) as RuleName[];
  const rule = names.find((name) => holds(recommendationRules[name]));
  return rule && { action: recommendationRules[rule].action, rule };
}

function verdictOf(
  variant: string,
  evidence: readonly Evidence[],
  about: Omit<VariantFacts, "goals" | "guardrails" | "bounded">,
): VariantVerdict {
  const of = (role: Evidence["role"]) => evidence.filter((each) => each.role === role);
  const facts: VariantFacts = {
    goals: of("goal").map(({ outcome }) => outcome),
    guardrails: of("guardrail").map(({ outcome }) => outcome),
    bounded: of("guardrail")
      .filter(({ margin = 0 }) => margin > 0)
      .map(({ outcome }) => outcome),
    ...about,
  };
  const decision = decide((rule) => rule.about === "variant" && rule.matches(facts));
  return { variant, ...(decision ?? { action: "cannot_tell", rule: "no_estimate" }), evidence };
}

function goalGain(verdict: VariantVerdict, metrics: readonly ReportMetric[]): number {
  const first = verdict.evidence.find((each) => each.role === "goal");
  const metric = metrics.find((each) => each.key === first?.metric);
  return first?.difference.value === undefined || !metric
    ? -Infinity
    : direction(metric) * first.difference.value;
}

const decides: readonly Action[] = ["ship", "stop"];

const shownOutcomes: readonly ComparisonOutcome[] = ["better", "worse", "tolerated"];

const promise: readonly Action[] = ["ship", "keep_running", "cannot_tell", "enough", "stop"];

/**
 * Says what to do, by stated rules over checks, goals and guardrails against control.
 * @param facts      comparisons are corrected ones
 * @param headToHead compares two variants on the metric at a place, for naming the best of several; absent where
 *                   there is nothing to compare
 * @returns the action, its rule, and a verdict per treatment with the numbers it rests on
 */
export function recommend(
  definition: Definition,
  facts: ReportFacts,
  headToHead?: (metricAt: number, contrast: Contrast) => Estimate,
): Recommendation {
  const { metrics, macro, stratified, influence, heaviest = [] } = facts;
  const { control, plan } = definition;
  const treatments = metrics.length === 0 ? [] : definition.variants.filter(({ key }) => key !== control);
  const verdicts = treatments.map(({ key: variant }) => {
    const evidenceAt = (look: Look) =>
      metrics
        .filter((metric) => metric.role !== "diagnostic")
        .flatMap((metric) =>
          macro
            .filter(
              ({ metric: key, contrast }) =>
                key === metric.key && contrast[0] === control && contrast[1] === variant,
            )
            .map((comparison) => evidenceOf(metric, comparison, look)),
        );
    const judged = (evidence: readonly Evidence[], atOneLook?: Action) => {
      const about = (each: { readonly metric: string; readonly contrast: Contrast }) =>
        each.contrast[0] === control &&
        each.contrast[1] === variant &&
        evidence.some(({ metric, outcome }) => metric === each.metric && shownOutcomes.includes(outcome));
      return verdictOf(variant, evidence, {
        strict: plan.strict ?? false,
        reversed: stratified.some((each) => each.agreement === "simpson" && about(each)),
        oneUnit: influence.some((each) => each.decides && about(each)),
        fewUnits: heaviest.some((each) => each.effect === "shows" && about(each)),
        ...(atOneLook ? { atOneLook } : {}),
      });
    };
    const evidence = evidenceAt("planned");
    const verdict = judged(evidence);
    const stated = plan.looks !== undefined || plan.method === "bayes";
    if (stated || decides.includes(verdict.action) || verdict.action === "enough") return verdict;
    const once = judged(evidenceAt("fixed"));
    if (!decides.includes(once.action)) return verdict;
    const { action, rule } = once;
    return { ...judged(evidence, action), atOneLook: { action, rule, evidence: once.evidence } };
  });
  const blanket = decide((rule) => rule.about === "report" && rule.matches(facts));
  if (blanket) return { ...blanket, variants: verdicts.map((verdict) => ({ ...verdict, ...blanket })) };
  const ranked = [...verdicts].sort(
    (a, b) =>
      promise.indexOf(a.action) - promise.indexOf(b.action) || goalGain(b, metrics) - goalGain(a, metrics),
  );
  const [best, second] = ranked;
  if (!best) return { action: "cannot_tell", rule: "no_estimate", variants: [] };
  const ship = best.action === "ship";
  const goalAt = metrics.findIndex(({ role }) => role === "goal");
  const goal = metrics[goalAt];
  const runnerUp =
    ship && second?.action === "ship" && goal && headToHead
      ? {
          variant: second.variant,
          metric: goal.key,
          difference: headToHead(goalAt, [second.variant, best.variant]),
        }
      : undefined;
  return {
    action: best.action,
    ...(ship ? { variant: best.variant } : {}),
    rule: best.rule,
    about: best.variant,
    ...(runnerUp ? { runnerUp } : {}),
    variants: verdicts,
  };
}
