import type { BanditRun } from "../bandit-run/run.js";
import type { Check } from "../check.js";
import type { Comparison, ReportMetric, StratifiedComparison } from "../comparison.js";
import type { ComparisonOutcome } from "../comparison-evidence.js";
import type { Heaviest } from "../heaviest.js";
import type { Influence } from "../influence.js";
import type { Action } from "./action.js";

/** What a rule about the whole report looks at. */
export interface ReportFacts {
  readonly metrics: readonly ReportMetric[];
  readonly checks: readonly Check[];
  readonly macro: readonly Comparison[];
  readonly influence: readonly Influence[];
  readonly heaviest?: readonly Heaviest[];
  readonly stratified: readonly StratifiedComparison[];
  readonly bandit?: BanditRun;
}

/** What a rule about one treatment looks at: what each goal and guardrail shows against control. */
export interface VariantFacts {
  readonly goals: readonly ComparisonOutcome[];
  readonly guardrails: readonly ComparisonOutcome[];
  /** Of the guardrails that have a margin to stay within. */
  readonly bounded: readonly ComparisonOutcome[];
  /** The plan stops at any harm to a guardrail, within its margin or not. */
  readonly strict: boolean;
  /** Something that is shown changes its sign once the levels of a dimension are weighted alike. */
  readonly reversed: boolean;
  /** Something that is shown rests on a single unit. */
  readonly oneUnit: boolean;
  /** Something that is shown rests on the weight of a few units. */
  readonly fewUnits: boolean;
  /** The plan does not say how often it looks, and only as its one planned look would this ship or stop. */
  readonly atOneLook?: Action;
}

/** A rule that speaks of everything at once, and leaves no variant to judge. */
export interface ReportRule {
  readonly about: "report";
  readonly action: Action;
  matches(facts: ReportFacts): boolean;
}

/** A rule that judges one treatment. */
export interface VariantRule {
  readonly about: "variant";
  readonly action: Action;
  matches(facts: VariantFacts): boolean;
}

/** A member of the family of rules. */
export type RecommendationRule = ReportRule | VariantRule;
