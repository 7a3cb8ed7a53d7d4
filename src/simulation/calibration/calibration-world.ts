import type { RandomSource } from "../../random/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import type { Tally } from "./tally.js";

/** What a figure says: a share of simulated experiments, or a mean over them (e.g. a bandit's regret). */
export type Measure = "coverage" | "rejection" | "mean";

/** One figure of the calibration table: a method in a world, and the bar it has to hold. */
export interface CalibrationFigure {
  readonly method: string;
  readonly measure: Measure;
  /** What an exact method must meet, within 4.5 Monte-Carlo standard errors. */
  readonly nominal?: number;
  /** The figure must not be below this; three Monte-Carlo standard errors are allowed for. */
  readonly atLeast?: number;
  /** The figure must not be above this; three Monte-Carlo standard errors are allowed for. */
  readonly atMost?: number;
  /** What others reach in this world, or why there is no bar. */
  readonly note?: string;
}

/**
 * One simulated world: how an experiment is drawn in it, and every figure measured on the same draws.
 * Rows are data: a new method or world is one entry in a file of `calibration/worlds`.
 */
export interface CalibrationWorld {
  /** Unique; with the seed it fixes the world's chance. */
  readonly key: string;
  /** Heading of the table it stands in. */
  readonly group: string;
  /** The world in words: distribution, units an arm, truth. */
  readonly title: string;
  readonly figures: readonly CalibrationFigure[];
  /** Simulated experiments of a full run; 0: the figures are computed exactly, without chance. Default 100,000. */
  readonly replications?: number;
  /**
   * Draws experiments and tallies every figure over them.
   * @param random        source of chance
   * @param replications  how many experiments
   * @returns one tally a figure, in the figures' order
   */
  simulate(random: RandomSource, replications: number): readonly Tally[];
}

const text = { kind: "text" } as const;
const bound = { kind: "number", optional: true } as const;
const replications = { kind: "number", atLeast: 0, whole: true, optional: true } as const;

/** What a method under test says beside how it is computed. */
export const methodFields = {
  method: text,
  nominal: bound,
  atLeast: bound,
  atMost: bound,
  note: { kind: "text", optional: true },
} as const satisfies FieldsFor<Omit<CalibrationFigure, "measure">>;

/** What every world says of itself. */
export const worldFields = {
  key: text,
  group: text,
  title: text,
  replications,
} as const satisfies FieldsFor<Pick<CalibrationWorld, "key" | "group" | "title" | "replications">>;

const measure = { kind: "word", of: ["coverage", "rejection", "mean"] } as const satisfies {
  readonly kind: "word";
  readonly of: readonly Measure[];
};

/** What a calibration world may be. */
export const calibrationWorldShape = {
  kind: "object",
  has: {
    ...worldFields,
    figures: { kind: "list", of: { kind: "object", has: { ...methodFields, measure } } },
    simulate: { kind: "function" },
  } satisfies FieldsFor<CalibrationWorld>,
} as const;
