import type { ScalarMoments } from "../../core/moments.js";
import { ExperimentError, insufficient_data, not_finite, out_of_range } from "../../errors/index.js";
import { momentsOf } from "../moments/moments-of.js";

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
  const positive: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    if (!Number.isFinite(x)) throw new ExperimentError({ not_finite }, ["values", i], x);
    if (x < 0) throw new ExperimentError({ out_of_range }, ["values", i], x);
    if (x > 0) positive.push(x);
  }
  if (positive.length < 2)
    throw new ExperimentError({ insufficient_data }, ["values", "positive"], positive.length);
  return { n: values.length, positive: momentsOf(positive), logs: momentsOf(positive.map(Math.log)) };
}

/** Refuses a summary that {@link hurdleOf} cannot have made. */
export function checkHurdle({ n, positive, logs }: Hurdle, arm: string): void {
  if (!(positive.n >= 2))
    throw new ExperimentError({ insufficient_data }, [arm, "positive", "n"], positive.n);
  if (!(n >= positive.n && Number.isInteger(n))) throw new ExperimentError({ out_of_range }, [arm, "n"], n);
  if (logs.n !== positive.n) throw new ExperimentError({ out_of_range }, [arm, "logs", "n"], logs.n);
  if (!(positive.mean > 0))
    throw new ExperimentError({ out_of_range }, [arm, "positive", "mean"], positive.mean);
  if (!Number.isFinite(logs.mean))
    throw new ExperimentError({ not_finite }, [arm, "logs", "mean"], logs.mean);
  if (!(logs.m2 >= 0)) throw new ExperimentError({ out_of_range }, [arm, "logs", "m2"], logs.m2);
}
