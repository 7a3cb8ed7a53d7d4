import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Quantity } from "../core/quantity.js";
import type { LevelsTest } from "../stats/index.js";

/** A metric of the report: its definition, and whether its values are shares of units or amounts. */
export type ReportMetric = MetricDefinition & { readonly quantity: Quantity };

/** Two variants compared: treatment − control. */
export type Contrast = readonly [control: string, treatment: string];

/** Level of each dimension that narrows a cell; `{}` is the whole experiment. */
export type CellLevels = Readonly<Record<string, string>>;

/** One number of a comparison, read in every way the analysis knows. */
export interface Reading {
  /** As if the data were looked at once, at the planned end. */
  readonly fixed: Estimate;
  /** Under the plan's looks: p-value and interval hold over all of them; what decides. Equals `fixed` where there is one look. */
  readonly planned: Estimate;
  /** Cells: pulled towards what the cells of the same grain have in common; its interval is a credible one. */
  readonly shrunken?: Estimate;
  /**
   * Other estimators of the same number, by name, e.g. `pooled-z` for conversions; never corrected. `stagewise`, under alpha
   * spending where the test stops at this look: with allowance for the stop.
   */
  readonly others?: Readonly<Record<string, Estimate>>;
}

/** One question: what a treatment does to a metric in one cell, answered on both scales. */
export interface Comparison {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly cell: CellLevels;
  /** Units with an outcome on each side. */
  readonly units: readonly [control: number, treatment: number];
  /** The metric's value on each side, in its unit; null where it has none. */
  readonly values: readonly [control: number | null, treatment: number | null];
  /** Treatment − control, in the metric's unit. */
  readonly difference: Reading;
  /** Difference / control, a fraction; the same test, so it carries the difference's adjusted p-value. */
  readonly lift: Reading;
  /** Goals: this look of the plan, or under a binding futility one before, gives the gain up. */
  readonly futile?: "now" | "before";
  /** Cells: the difference among all other units, in the metric's unit; absent where they have none. */
  readonly elsewhere?: number;
  /**
   * Cells: this cell's difference minus that among all other units, where their screen opened: in the others nothing is to
   * be said of single cells, so nothing is tested.
   */
  readonly versusRest?: Reading;
  /** Cells: a side has too little to show anything by; the cell is in no family of tests and is never named. */
  readonly thin?: boolean;
  /** With several definition versions: each version's own estimates, in order, before they were combined. */
  readonly versions?: readonly {
    readonly definitionVersion: number;
    readonly difference: Estimate;
    readonly lift: Estimate;
  }[];
}

/** A macro difference weighted by each level's share of all units, beside the crude one. */
export interface StratifiedComparison {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly dimension: string;
  readonly crude: Estimate;
  readonly stratified: Estimate;
  /** `simpson`: the signs disagree; `shifted`: they lie further apart than three standard errors. */
  readonly agreement: "agrees" | "shifted" | "simpson" | "undefined";
}

/** Whether levels share one effect on one scale; see `LevelsTest` for what was computed. */
export type LevelTest =
  | (Omit<Extract<LevelsTest, { readonly status: "ok" }>, "silent"> & {
      /** Over the plan's looks, and corrected over all tests between levels, of both scales, by the plan's micro correction. */
      readonly pAdjusted: number;
      /** Levels that tell nothing on this scale: without an event, or without variance. */
      readonly silent?: readonly string[];
    })
  | { readonly status: "undefined" | "adaptive"; readonly method: string; readonly reason: string };

/** A level and its control's value, in the metric's unit. */
export interface LevelBaseline {
  readonly level: string;
  readonly value: number;
}

/** Whether an effect differs across the levels of a dimension, on both scales of one question. */
export interface Heterogeneity {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly dimension: string;
  /** Levels compared each on its own, in order. */
  readonly levels: readonly string[];
  /** Levels too thin to stand alone, by their units: compared together, as one more level. */
  readonly merged: readonly string[];
  /** Levels left out: fewer than two units with an outcome on a side, no value of the metric, or too few to know its spread by. */
  readonly omitted: readonly string[];
  /** Units that were met in several levels, and their share of all; absent where there are none, or none are known. */
  readonly repeated?: {
    readonly units: number;
    readonly share: number;
    /** In the level where each was met first, or in each of its levels: then the test, which takes levels as independent, is approximate. */
    readonly counted: "first" | "each";
  };
  /** Lowest and highest control value, and the p-value of their all being the same. */
  readonly baselines?: {
    readonly lowest: LevelBaseline;
    readonly highest: LevelBaseline;
    readonly pValue?: number;
  };
  readonly difference: LevelTest;
  readonly lift: LevelTest;
  /** Scales on which the effect is shown to differ; `untested` where neither has a test. */
  readonly differs: "both" | "difference" | "lift" | "neither" | "untested";
  /**
   * The levels are shown to differ on every scale that could be tested, so that no scale explains the gaps away: only
   * then are single levels called different.
   */
  readonly opens: boolean;
}

/**
 * Whether an effect differs among the cells of several dimensions crossed: cells of this grain are called different only
 * where it opens. Cells of one dimension are screened by its test between levels.
 */
export type Screen = {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly grain: readonly string[];
  /** Cells compared, and cells too thin for it. */
  readonly cells: number;
  readonly thin: number;
  readonly opens: boolean;
} & (
  | {
      readonly status: "ok";
      /** Cochran's Q. */
      readonly q: number;
      readonly df: number;
      readonly pValue: number;
      /** Over the plan's looks, and corrected over all screens, by the plan's micro correction. */
      readonly pAdjusted: number;
    }
  | { readonly status: "undefined" | "adaptive"; readonly reason: string }
);

/**
 * @param planned  under the plan's looks
 * @param fixed    at a single look; the same where the plan has one
 */
export function reading(planned: Estimate, others?: Reading["others"], fixed: Estimate = planned): Reading {
  return others ? { fixed, planned, others } : { fixed, planned };
}
