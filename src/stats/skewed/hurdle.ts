import type { ScalarMoments } from "../../core/moments.js";
import { requireList, requireNumber, requireObject } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkScalarMoments } from "../moments/check-moments.js";
import { momentsOf } from "../moments/moments-of.js";
import { requireCount } from "../moments/require-count.js";

/** What a hurdle model needs of one arm: how many units, and moments of the positive values and of their logarithms. */
export interface Hurdle {
  /** All units, those with zero included. */
  readonly n: number;
  readonly positive: ScalarMoments;
  readonly logs: ScalarMoments;
}

/**
 * Summarises raw values, most of them zero, for {@link hurdleLift}.
 * @param values  one value per unit, finite and ≥ 0; at least two of them positive
 * @returns the units' number and moments of the positive values and their natural logarithms
 * @throws ExperimentError `not_finite` or `out_of_range` at ["values", i]; `insufficient_data` at
 *         ["values", "positive"] for fewer than two positive values
 * @example
 * const { n, positive } = hurdleOf([0, 0, 12.5, 0, 40]);
 * [n, positive.n, positive.mean]; // [5, 2, 26.25]
 */
export function hurdleOf(values: ArrayLike<number>): Hurdle {
  requireList(values, ["values"]);
  const positive: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const x: unknown = values[i];
    requireNumber(x, ["values", i], { atLeast: 0 });
    if (x > 0) positive.push(x);
  }
  requireUnits(positive.length, ["values", "positive"], 2);
  return { n: values.length, positive: momentsOf(positive), logs: momentsOf(positive.map(Math.log)) };
}

/** Refuses a summary that {@link hurdleOf} cannot have made. */
export function checkHurdle(hurdle: Hurdle, arm: string): void {
  requireObject(hurdle, [arm]);
  const { n, positive, logs } = hurdle;
  checkScalarMoments(positive, [arm, "positive"]);
  checkScalarMoments(logs, [arm, "logs"]);
  requireUnits(positive.n, [arm, "positive", "n"], 2);
  requireCount(n, [arm, "n"]);
  requireNumber(n, [arm, "n"], { atLeast: positive.n });
  requireNumber(logs.n, [arm, "logs", "n"], { atLeast: positive.n, atMost: positive.n });
  requireNumber(positive.mean, [arm, "positive", "mean"], { above: 0 });
}
