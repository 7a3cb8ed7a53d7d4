import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Quantity } from "../core/quantity.js";

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
  /** Under the plan's looks; what decides. Equals `fixed` while the plan has one look. */
  readonly planned: Estimate;
  /** Pulled towards what the cells have in common. */
  readonly shrunken?: Estimate;
  /** Other estimators of the same number, by name, e.g. `pooled-z` for conversions; never corrected. */
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
  /** Cells: this cell's difference minus the difference among all other units. */
  readonly versusRest?: Reading;
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

/** @returns an estimate that is read alike at every look */
export function reading(estimate: Estimate, others?: Reading["others"]): Reading {
  return { fixed: estimate, planned: estimate, ...(others ? { others } : {}) };
}
