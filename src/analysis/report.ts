import type { Definition } from "../core/definition.js";
import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Quantity } from "../core/numbers.js";
import type { BanditRun } from "./bandit-run/run.js";

/** A metric of the report: its definition, and whether its values are shares of units or amounts. */
export type ReportMetric = MetricDefinition & { readonly quantity: Quantity };

/** Two variants compared: treatment − control. */
export type Contrast = readonly [control: string, treatment: string];

/** Level of each dimension that narrows a cell; `{}` is the whole experiment. */
export type CellLevels = Readonly<Record<string, string>>;

/** One comparison of one metric, in one cell, on one scale. */
export interface Row {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly cell: CellLevels;
  /** `difference`: treatment − control in the metric's unit; `lift`: difference / control, a fraction. */
  readonly scale: "difference" | "lift";
  /** Units with an outcome on each side. */
  readonly units: readonly [control: number, treatment: number];
  /** The metric's value on each side, in its unit; null where it has none. */
  readonly values: readonly [control: number | null, treatment: number | null];
  /** The estimate as if the data were looked at once, at the planned end. */
  readonly fixed: Estimate;
  /** The estimate under the plan's looks; equals `fixed` while the plan has one look. */
  readonly planned: Estimate;
  /** Other estimators of the same comparison, by name, e.g. `pooled-z` for conversions; never corrected. */
  readonly named?: Readonly<Record<string, Estimate>>;
  /** Micro rows on the difference scale: this cell's effect minus the effect among all other units. */
  readonly versusRest?: Estimate;
  /** With several definition versions: each version's own estimate, in order, before they were combined. */
  readonly versions?: readonly { readonly definitionVersion: number; readonly fixed: Estimate }[];
}

/** Whether the units arrived in the planned shares (sample-ratio mismatch). */
export type Check = {
  /** A definition version, or null for all of them together. */
  readonly definitionVersion: number | null;
  /** The rule whose held-back share is checked; absent for the experiment's own shares. */
  readonly rule?: string;
  readonly variants: readonly string[];
  /** Units seen, a variant. */
  readonly observed: readonly number[];
} & (
  | {
      readonly status: "passed" | "failed";
      /** Units expected from the definition's allocation, a variant. */
      readonly expected: readonly number[];
      /** Pearson's χ². */
      readonly statistic: number;
      readonly df: number;
      readonly pValue: number;
      /** The check fails below this p-value. */
      readonly threshold: number;
    }
  | { readonly status: "undefined" | "adaptive"; readonly reason: string }
);

/** Whether an effect differs across the levels of a dimension. */
export type Heterogeneity = {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly dimension: string;
  readonly scale: "difference";
  /** Levels compared, in order. */
  readonly levels: readonly string[];
  /** Levels left out because their effect could not be estimated. */
  readonly omitted: readonly string[];
} & (
  | {
      readonly status: "ok";
      /** Cochran's Q. */
      readonly q: number;
      readonly df: number;
      readonly pValue: number;
      /** Corrected over all tests between levels, by the plan's micro correction. */
      readonly pAdjusted: number;
      /** Share of the variation that is not chance, in [0, 1]. */
      readonly iSquared: number;
    }
  | { readonly status: "undefined" | "adaptive"; readonly reason: string }
);

/** A macro comparison weighted by each level's share of all units, beside the crude one. */
export interface StratifiedRow {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly dimension: string;
  readonly scale: "difference";
  readonly crude: Estimate;
  readonly stratified: Estimate;
  /** `simpson`: the signs disagree; `shifted`: they lie further apart than two standard errors. */
  readonly agreement: "agrees" | "shifted" | "simpson" | "undefined";
}

/** What a finding is about. */
export type FindingKind =
  | "srm"
  | "adaptive"
  | "versions"
  | "macro"
  | "guardrail"
  | "rule"
  | "simpson"
  | "between"
  | "micro"
  | "bandit"
  | "excluded";

/** One sentence, with the numbers behind it. */
export interface Finding {
  readonly kind: FindingKind;
  readonly tone: "good" | "bad" | "neutral" | "warning";
  readonly sentence: string;
  readonly evidence: Readonly<Record<string, number | string | readonly string[] | null>>;
}

/** What to do. */
export type Action = "ship" | "keep_running" | "stop" | "cannot_tell" | "do_not_read";

/** One number a recommendation rests on. */
export interface Evidence {
  readonly metric: string;
  readonly role: MetricDefinition["role"];
  readonly contrast: Contrast;
  /** `better`/`worse`: shown, after correction; `held`: a guardrail shown to stay within its margin; `unclear`: neither. */
  readonly outcome: "better" | "worse" | "held" | "unclear" | "undefined";
  /** The guardrail's margin, a lift. */
  readonly margin?: number;
  readonly difference: Estimate;
  readonly lift: Estimate;
}

/** What the data say about one treatment. */
export interface VariantVerdict {
  readonly variant: string;
  readonly action: Action;
  /** The rule followed, by name; see docs/analysis.md. */
  readonly rule: string;
  readonly evidence: readonly Evidence[];
}

/** What to do with the experiment, why, and by which rule. */
export interface Recommendation {
  readonly action: Action;
  /** The variant to ship; only with `ship`. */
  readonly variant?: string;
  readonly rule: string;
  readonly sentence: string;
  /** The next best of several to ship: the first goal's difference, shipped − this one, one test by itself. */
  readonly runnerUp?: { readonly variant: string; readonly metric: string; readonly difference: Estimate };
  readonly variants: readonly VariantVerdict[];
}

/** Units of one variant under one definition version. */
export interface Arm {
  readonly variant: string;
  readonly definitionVersion: number;
  readonly units: number;
}

/** Which tests were corrected together. */
export interface Family {
  readonly grain: "macro" | "rules" | "between" | "micro" | "versus_rest";
  readonly correction: string;
  /** Tests in the family; lifts are the same hypotheses again and are corrected among themselves. */
  readonly tests: number;
}

/** The whole analysis as data: plain JSON, no NaN, no Infinity. */
export interface Report {
  readonly format: "essai.report/1";
  readonly definition: Definition;
  /** Kind of source the outcomes came from, e.g. `"cells"`. */
  readonly source: string;
  readonly metrics: readonly ReportMetric[];
  readonly contrasts: readonly Contrast[];
  readonly dimensions: readonly string[];
  /** Groups of dimensions whose cells make up the micro family. */
  readonly grains: readonly (readonly string[])[];
  readonly level: number;
  readonly families: readonly Family[];
  readonly arms: readonly Arm[];
  readonly srm: readonly Check[];
  readonly macro: readonly Row[];
  /**
   * Each rule against its holdback, within the units that meet it: the contrast is `["held_back", "applied"]`, the
   * cell names the rule. Units a rule was applied to are in no other row: their variant was not random.
   */
  readonly rules: readonly Row[];
  readonly stratified: readonly StratifiedRow[];
  readonly between: readonly Heterogeneity[];
  readonly micro: readonly Row[];
  readonly findings: readonly Finding[];
  readonly recommendation: Recommendation;
  /** Units or rows left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
  /** What the policy did, where its log was given. */
  readonly bandit?: BanditRun;
}
