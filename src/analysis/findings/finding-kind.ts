import type { BanditRun } from "../bandit-run/run.js";
import type { Check } from "../check.js";
import type { Comparison, Heterogeneity, ReportMetric, StratifiedComparison } from "../comparison.js";
import type { FactorsOfMetric } from "../factors/factor-effects.js";
import type { Heaviest } from "../heaviest.js";
import type { Ignoring } from "../ignoring/ignoring.js";
import type { Influence } from "../influence.js";
import type { OverTime } from "../over-time/over-time.js";
import type { ReasonsFound } from "../reasons/decomposition.js";
import type { Trend } from "../trends/trend.js";

/** Whether a finding is good or bad news, or a reason to read the rest with care. */
export type Tone = "good" | "bad" | "neutral" | "warning";

/** What findings are drawn from: the parts of a report that are already there, comparisons corrected. */
export interface FindingInputs {
  readonly metrics: readonly ReportMetric[];
  /** Confidence level, fraction in (0, 1). */
  readonly level: number;
  /** Definition versions present. */
  readonly versions: readonly number[];
  /** Policies that allocated some of these units by their outcomes. */
  readonly policies: readonly string[];
  readonly checks: readonly Check[];
  readonly macro: readonly Comparison[];
  readonly influence: readonly Influence[];
  readonly heaviest?: readonly Heaviest[];
  readonly rules: readonly Comparison[];
  readonly stratified: readonly StratifiedComparison[];
  readonly between: readonly Heterogeneity[];
  readonly micro: readonly Comparison[];
  /** Places in `micro` of the cells that differ from the rest, the clearest first. */
  readonly standingOut: readonly number[];
  readonly ignoring?: readonly Ignoring[];
  readonly overTime?: OverTime;
  readonly trends?: readonly Trend[];
  readonly reasons?: ReasonsFound;
  readonly factors?: readonly FactorsOfMetric[];
  readonly excluded: Readonly<Record<string, number>>;
  readonly bandit?: BanditRun;
}

/** One finding of a kind: plain data, whole by itself. Its sentence is derived when it is shown. */
export interface Found<E> {
  readonly tone: Tone;
  readonly evidence: E;
}

/** A member of the family of findings. */
export interface FindingMember<E> {
  /** @returns what the report shows of this kind; nothing where it does not hold */
  find(inputs: FindingInputs): readonly Found<E>[];
}
