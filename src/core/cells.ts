import type { Definition } from "./definition.js";
import type { MetricDefinition } from "./metric-definition.js";
import type { Moments } from "./moments.js";

/** The micro grain: one variant within one combination of dimension levels. */
export interface Cell {
  readonly variant: string;
  readonly definitionVersion: number;
  /** Level of each dimension, in the order of {@link Cells.dimensions}. */
  readonly levels: readonly string[];
  /** Units in the cell, those with a missing outcome included; of data read by cluster, clusters. */
  readonly units: number;
  /** Of data read by cluster: how many units these hold. */
  readonly members?: number;
  /** Moments of each metric's per-unit values, in the order of {@link Cells.metrics}; a metric's own n may be smaller than `units`. */
  readonly moments: readonly Moments[];
}

/** Units of a variant whose value lies between this step and the next. */
export interface TailStep {
  /** Smallest value of the step; > 0. */
  readonly from: number;
  /** Of all the metric's values. */
  readonly moments: Moments;
}

/**
 * One variant's units by the size of one of a metric's values, over all levels: the heaviest by steps, the others
 * together. Steps are the same for all variants, though some may be empty.
 */
export interface Tail {
  readonly variant: string;
  readonly definitionVersion: number;
  readonly metric: string;
  /** Name of the value within the metric's moments. */
  readonly value: string;
  /** Units whose value is below every step. */
  readonly body: Moments;
  /** Ascending. */
  readonly steps: readonly TailStep[];
}

/** Units that were met in several levels of a dimension, e.g. customers who get e-mail and push. */
export interface RepeatedUnits {
  readonly dimension: string;
  readonly units: number;
  /** Whether each counts once, in the level where it was met first, or in each of its levels: then levels are not independent. */
  readonly counted: "first" | "each";
}

/** What the cap of a metric's value came to where it is a percentile: the same for all variants. */
export interface FoundCap {
  readonly metric: string;
  /** Name of the value within the metric's moments. */
  readonly value: string;
  /** In percent, of the values of all variants together. */
  readonly percentile: number;
  /** Whose values: of all units, or of those whose value is not zero. */
  readonly among: "all" | "nonzero";
  /** The value it came to; larger ones count as this one. > 0. */
  readonly cap: number;
}

/** The order of a dimension's levels. */
export interface DimensionOrder {
  /** All levels in their order; absent: they are numbers or dates, and follow these. */
  readonly levels?: readonly string[];
  /** Which level a unit met was itself drawn at random. */
  readonly randomized?: boolean;
}

/** One variant's values of a metric in one stretch of time. */
export interface TimeArm {
  readonly variant: string;
  readonly definitionVersion: number;
  readonly moments: Moments;
}

/**
 * A metric in one stretch of time: `cumulative`, of all units that were exposed by the end of a period, what they did until then;
 * `during`, what they did in it; `since`, on one day since their first exposure, of units that had all days; `change`, of the same
 * units, their mean per day in the first days and in the last ones (values `first` and `last`).
 */
export interface TimeSlice {
  readonly kind: "cumulative" | "during" | "since" | "change";
  readonly metric: string;
  /** First day of the period, `2026-11-30`; of `since` the day since exposure, from `0`; of `change` empty. */
  readonly at: string;
  readonly arms: readonly TimeArm[];
}

/** What units did over time; of everyone, whatever the dimensions. */
export interface TimeCells {
  /** How many days since exposure are followed. */
  readonly days: number;
  /** How long periods are. */
  readonly by: "day" | "week";
  /** Of each kind in the order of time. */
  readonly slices: readonly TimeSlice[];
}

/** All units of a variant that were exposed, whether they met the trigger or not. */
export interface ExposedUnits {
  readonly variant: string;
  readonly definitionVersion: number;
  readonly units: number;
}

/** Which units cells are of, where only those that met a trigger count. */
export interface Trigger {
  /** Name of the event that triggers. */
  readonly event: string;
  readonly all: readonly ExposedUnits[];
}

/** Cells of some of the dimensions, read on their own: a cluster that lies in several levels is one here. */
export interface GrainCells {
  /** Of {@link Cells.dimensions}, in the order of these cells' levels. */
  readonly dimensions: readonly string[];
  readonly cells: readonly Cell[];
}

/** Outcomes of an experiment at the micro grain; what every source reads into and `analyze` starts from. */
export interface Cells {
  readonly format: "essai.cells/1";
  readonly experiment: string;
  readonly dimensions: readonly string[];
  /** Keys of the metrics, in the order of each cell's moments. */
  readonly metrics: readonly string[];
  readonly cells: readonly Cell[];
  /** What the heaviest units do; absent where nobody counted them. */
  readonly tails?: readonly Tail[];
  /** What caps by percentile came to; absent where there are none. */
  readonly caps?: readonly FoundCap[];
  /** Dimensions in whose levels some units were met repeatedly; absent where nobody counted them. */
  readonly repeated?: readonly RepeatedUnits[];
  /** Dimensions whose levels have an order. */
  readonly ordered?: Readonly<Record<string, DimensionOrder>>;
  /** Outcomes over time; absent where nobody asked for them. */
  readonly time?: TimeCells;
  /**
   * Column of the clusters (households, accounts) that units belong to; absent: each unit stands for itself. Then every count of
   * units is of clusters, and moments are of sums over a cluster's units, with their number as the value `members`.
   */
  readonly cluster?: string;
  /** Of cells of the units alone that met a trigger; absent: of all units. */
  readonly trigger?: Trigger;
  /** Of data read by cluster: coarser crossings of the dimensions, down to none, into which cells cannot be merged. */
  readonly grains?: readonly GrainCells[];
  /** Units or rows left out, by reason (snake_case), e.g. `seen_in_two_variants`. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** What `analyze` asks of a source. */
export interface CellsRequest {
  readonly definition: Definition;
  readonly metrics: readonly MetricDefinition[];
  /** Dimensions by name, without duplicates. */
  readonly dimensions: readonly string[];
  /** Crossings of some of the dimensions that cells will be merged into: {@link Cells.grains} where that cannot be done. */
  readonly grains?: readonly (readonly string[])[];
  /** Whether {@link Cells.tails} are wanted. */
  readonly tails?: boolean;
  /** Called now and then with the fraction done, in [0, 1]. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** Anything outcomes can be read from: a table, events, files, rows in memory, ready-made cells. */
export interface Source {
  readonly kind: string;
  /** Dimensions that the source declares: shares and mixes are checked within their levels, whether asked for or not. */
  readonly dimensions?: readonly string[];
  /** Dimensions whose levels have an order: trends and changes are looked for along them. */
  readonly ordered?: Readonly<Record<string, DimensionOrder>>;
  /**
   * @returns cells for every variant present and every combination of the requested dimensions' levels that occurs
   * @throws ExperimentError when the data cannot be read as asked (missing column, unknown variant …)
   */
  read(request: CellsRequest): Promise<Cells>;
}
