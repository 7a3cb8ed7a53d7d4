import type { FoundCap } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import type { Adjustment } from "./adjustments.js";
import type { BanditRun } from "./bandit-run/run.js";
import type { Check } from "./check.js";
import type { ClustersRead } from "./clusters-in.js";
import type {
  Comparison,
  Contrast,
  Heterogeneity,
  ReportMetric,
  Screen,
  StratifiedComparison,
} from "./comparison.js";
import type { FactorsOfMetric } from "./factors/factor-effects.js";
import type { Finding } from "./findings/index.js";
import type { Heaviest } from "./heaviest.js";
import type { Ignoring } from "./ignoring/ignoring.js";
import type { Influence } from "./influence.js";
import type { LookAccount } from "./looks/look-account.js";
import type { OverTime } from "./over-time/over-time.js";
import type { ReasonsFound } from "./reasons/decomposition.js";
import type { Recommendation } from "./recommendation/recommend.js";
import type { Trend } from "./trends/trend.js";
import type { Triggered } from "./triggered.js";

/** Units of one variant under one definition version. */
export interface Arm {
  readonly variant: string;
  readonly definitionVersion: number;
  readonly units: number;
}

/** Which tests were corrected together. */
export interface Family {
  /**
   * `gains`: goals × treatments, superiority; `margins`: guardrails with a margin × treatments, non-inferiority;
   * `harms`: (goals + guardrails) × treatments, deterioration; all three one-sided.
   * `macro`: whatever else is compared overall, and decides nothing. `reasons`, `reason_levels`, `reason_cells`: the parts into
   * which differences are split, overall, between levels and in cells. `ignoring`: cells that may ignore a
   * treatment. `over_time`: changes of effects with days since exposure, on both scales. `trends`: values and effects along ordered dimensions, a trend and a change of each. `factors`: main effects and interactions of a multivariate experiment.
   */
  readonly grain:
    | "gains"
    | "margins"
    | "harms"
    | "macro"
    | "rules"
    | "between"
    | "screens"
    | "micro"
    | "versus_rest"
    | "ignoring"
    | "over_time"
    | "trends"
    | "reasons"
    | "reason_levels"
    | "reason_cells"
    | "factors";
  /** By name; `e-benjamini-hochberg` is the plan's Benjamini–Hochberg where p-values are 1 ÷ the evidence of this look. */
  readonly correction: string;
  /**
   * The error that the correction shares among the tests, over all of the plan's looks: half of 1 − level where tests are
   * one-sided, else 1 − level. Without a correction it is each test's own.
   */
  readonly alpha: number;
  /** Tests in the family: comparisons, each counted once for difference and lift. */
  readonly tests: number;
}

/** The whole analysis as data: plain JSON, no NaN, no Infinity. */
export interface Report {
  readonly format: "essai.report/2";
  readonly definition: Definition;
  /** Kind of source the outcomes came from, e.g. `"cells"`. */
  readonly source: string;
  readonly metrics: readonly ReportMetric[];
  readonly contrasts: readonly Contrast[];
  readonly dimensions: readonly string[];
  /** Dimensions that the source declares and nobody asked for: only shares and mixes were checked within their levels. */
  readonly declared?: readonly string[];
  /** Groups of dimensions whose cells make up the micro family. */
  readonly grains: readonly (readonly string[])[];
  /** Confidence level, of what is `planned` over all looks of the plan. */
  readonly level: number;
  /** How often the plan looks, and where this look stands; absent where data are adaptive or a bandit's log alone. */
  readonly looks?: LookAccount;
  readonly families: readonly Family[];
  readonly arms: readonly Arm[];
  /** Whether units arrived in the planned shares: per definition version, overall, and per rule. */
  readonly checks: readonly Check[];
  /** One per metric with covariates: what they were worth, or why they were not used. */
  readonly adjustments?: readonly Adjustment[];
  /** What caps by percentile came to, over all variants together; absent where there are none. */
  readonly caps?: readonly FoundCap[];
  /** Of data read by cluster; then every count of units is of clusters. Absent where units stand for themselves. */
  readonly clusters?: ClustersRead;
  /** Who met the trigger, where only those count; differences over all units are beside `macro`'s, as `others.diluted`. */
  readonly triggered?: Triggered;
  readonly macro: readonly Comparison[];
  /** Single units that weigh on a macro comparison as none should, where the source tells its largest values. */
  readonly influence: readonly Influence[];
  /**
   * Comparisons that a few units move, with the figures where these are capped; absent where the source counted none (ready-made
   * cells without `tails`) and where rules chose for some of the units.
   */
  readonly heaviest?: readonly Heaviest[];
  /**
   * Each rule against its holdback, within the units that meet it: the contrast is `["held_back", "applied"]`, the
   * cell names the rule. Units a rule was applied to are in no other comparison: their variant was not random.
   */
  readonly rules: readonly Comparison[];
  readonly stratified: readonly StratifiedComparison[];
  readonly between: readonly Heterogeneity[];
  /** Whether effects differ among the cells of dimensions crossed; a dimension by itself is in `between`. */
  readonly screens: readonly Screen[];
  readonly micro: readonly Comparison[];
  /**
   * Places in `micro` of the cells that differ from the rest of the units after correction, the clearest first: only
   * where their screen opened, and never one too thin to say.
   */
  readonly standingOut: readonly number[];
  /** Cells that ignore a treatment to which everyone else reacts, those worth most first; absent where no goal has cells. */
  readonly ignoring?: readonly Ignoring[];
  /** Effects over time; absent where the data were not read so. */
  readonly overTime?: OverTime;
  /** Values and effects along dimensions whose levels have an order; absent where none was asked for. */
  readonly trends?: readonly Trend[];
  /** Why metrics that name `reasons` differ; absent where none does. */
  readonly reasons?: ReasonsFound;
  /** Of a multivariate experiment, metric by metric: what its factors do. */
  readonly factors?: readonly FactorsOfMetric[];
  readonly findings: readonly Finding[];
  readonly recommendation: Recommendation;
  /** Units or rows left out, by reason. */
  readonly excluded: Readonly<Record<string, number>>;
  /** What the policy did, where its log was given. */
  readonly bandit?: BanditRun;
}
