import type { CellLevels, Contrast } from "../comparison.js";

/** A cell that does not react to a treatment to which everyone else does. */
export interface Ignoring {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly cell: CellLevels;
  /** Units with an outcome, of both sides. */
  readonly units: number;
  /** The cell's difference in the metric's unit, shrunken towards the other cells where that is known. */
  readonly here: number;
  /** Equivalence interval of the cell's difference: it includes zero, and all cells' hold together at `level`. */
  readonly interval: readonly [lower: number, upper: number];
  /** The same of the lift, a fraction; absent where it has no bounds. */
  readonly lift?: readonly [lower: number, upper: number];
  /** The difference among all other units, and its interval, which holds together with all others. */
  readonly elsewhere: number;
  readonly elsewhereInterval: readonly [lower: number, upper: number];
  /** The metric's smallest lift worth having, which the cell's lift is shown to stay within; absent where none is stated. */
  readonly smallest?: number;
  /** The largest effect, either way, that `interval` leaves, in the metric's unit; > 0. */
  readonly left: number;
  /** What the cell's units would bring at everyone else's effect; negative where they are spared a loss. */
  readonly worth: number;
  /** Of all intervals together. */
  readonly level: number;
}
