import type { CellLevels, Contrast, Reading } from "../comparison.js";

/** One factor of a metric's value, and what its change adds to the difference. */
export interface ReasonPart {
  /** Key of the metric whose total is divided by that of the step before it. */
  readonly step: string;
  /** The factor on both sides. */
  readonly values: readonly [control: number, treatment: number];
  /** In the metric's unit; the parts add up to the difference. */
  readonly contribution: Reading;
}

/** Why a metric differs between two variants, in one cell or overall (`{}`). */
export type Decomposition = {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly cell: CellLevels;
  /** Metrics that lead to this one, in their order, itself last. */
  readonly steps: readonly string[];
  /** Whether the steps say who bought, how often and for how much: a conversion, a count, and amounts. */
  readonly purchases?: boolean;
  /** Units with an outcome on each side. */
  readonly units: readonly [control: number, treatment: number];
  /** Fewer than 30 units of a side have a value at one of the steps: the parts are in no family and never named. */
  readonly thin?: boolean;
} & (
  | {
      readonly status: "ok";
      readonly reasons: readonly ReasonPart[];
      /** Treatment − control without adjustment for covariates: what the parts add up to. */
      readonly difference: Reading;
    }
  | { readonly status: "undefined" | "adaptive"; readonly reason: string }
);

/** Whether what one step adds to a metric's difference is the same in all levels of a dimension. */
export type ReasonLevels = {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly dimension: string;
  readonly step: string;
  /** Levels with enough data. */
  readonly levels: readonly string[];
} & (
  | {
      readonly status: "ok";
      /** Cochran's Q. */
      readonly q: number;
      readonly df: number;
      readonly pValue: number;
      /** Over the plan's looks, and corrected over all steps, metrics and dimensions, by the plan's micro correction. */
      readonly pAdjusted: number;
    }
  | { readonly status: "undefined"; readonly reason: string }
);

/** Why metrics with `reasons` differ. */
export interface ReasonsFound {
  readonly macro: readonly Decomposition[];
  readonly between: readonly ReasonLevels[];
  readonly micro: readonly Decomposition[];
}
