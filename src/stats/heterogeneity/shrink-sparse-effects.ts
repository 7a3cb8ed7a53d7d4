import { square } from "../../core/powers.js";
import { normalPdf, normalQuantile, normalSurvival } from "../../distributions/index.js";
import { checkOptions } from "../inference/check-options.js";
import { levelFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { checkEffects, type MeasuredEffect } from "./check-effects.js";
import { type Belief, beliefs } from "./sparse-prior.js";

/** One effect after shrinkage. */
export interface SparseEffect {
  /** Posterior mean. */
  readonly value: number;
  /** Posterior standard deviation, with the uncertainty of the prior. */
  readonly standardError: number;
  /** Equal-tailed credible interval. */
  readonly interval: readonly [lower: number, upper: number];
  /** Twice the smaller posterior probability on either side of zero: below 1 − level where the interval excludes zero. */
  readonly pValue: number;
}

/** All effects after shrinkage. */
export interface SparseShrinkage {
  /** What the effects have in common: its posterior mean. */
  readonly mean: number;
  readonly effects: readonly SparseEffect[];
}

/** Posterior probability on one side of a point. */
function beyond({ numbers, end }: Belief, x: number, side: 1 | -1): number {
  let probability = 0;
  for (let at = 0; at < end; at += 3)
    probability +=
      (numbers[at] ?? 0) * normalSurvival((side * (x - (numbers[at + 1] ?? 0))) / (numbers[at + 2] ?? 1));
  return probability;
}

/** Newton's method squares its error: after a step this small, in standard deviations, ten digits are right. */
const lastStep = 1e-6;

/** What an interval leaves out on either side, and where a standard normal distribution ends there. */
interface Outside {
  readonly probability: number;
  readonly reach: number;
}

/** The point with a posterior probability beyond it: Newton's method, kept between bounds that it narrows. */
function quantile(belief: Belief, { probability, reach }: Outside, side: 1 | -1): number {
  let low = Infinity;
  let high = -Infinity;
  let start = 0;
  let widest = 0;
  const { numbers, end } = belief;
  for (let at = 0; at < end; at += 3) {
    const sd = numbers[at + 2] ?? 1;
    const edge = (numbers[at + 1] ?? 0) + side * reach * sd;
    low = Math.min(low, edge);
    high = Math.max(high, edge);
    start += (numbers[at] ?? 0) * edge;
    widest = Math.max(widest, sd);
  }
  let x = start;
  for (let round = 0; round < 100 && high - low > 1e-10 * widest; round++) {
    const excess = beyond(belief, x, side) - probability;
    if (side * excess > 0) low = x;
    else high = x;
    let density = 0;
    for (let at = 0; at < end; at += 3) {
      const sd = numbers[at + 2] ?? 1;
      density += ((numbers[at] ?? 0) * normalPdf((x - (numbers[at + 1] ?? 0)) / sd)) / sd;
    }
    const next = x + (side * excess) / density;
    const within = next > low && next < high;
    if (within && Math.abs(next - x) <= lastStep * widest) return next;
    x = within ? next : (low + high) / 2;
  }
  return x;
}

function summary(belief: Belief, outside: Outside): SparseEffect {
  const { numbers, end } = belief;
  let value = 0;
  for (let at = 0; at < end; at += 3) value += (numbers[at] ?? 0) * (numbers[at + 1] ?? 0);
  let variance = 0;
  for (let at = 0; at < end; at += 3)
    variance += (numbers[at] ?? 0) * (square(numbers[at + 2] ?? 0) + square((numbers[at + 1] ?? 0) - value));
  return {
    value,
    standardError: Math.sqrt(variance),
    interval: [quantile(belief, outside, -1), quantile(belief, outside, 1)],
    pValue: Math.min(1, 2 * Math.min(beyond(belief, 0, -1), beyond(belief, 0, 1))),
  };
}

/**
 * Shrinkage of many effects of which few may differ: of cells, segments, experiments. Each is pulled to what all have in
 * common, the more the noisier it is and the less the others vary, so that the best-looking one is no longer the
 * luckiest. The prior is learned from the effects themselves and is a mixture: either all of them differ a little
 * (normal), or a share of them has exactly the common effect and the others scatter around it (spike and slab).
 * Everything unknown about it — common effect, scatter, share — is integrated over, so the intervals hold for the
 * effects that stand out, too, and stay sane for two or three.
 * @param effects  one independent estimate each, at least two, with positive standard errors
 * @param options  level, default 0.95
 * @returns the common effect, and the effects in the order given; the interval of an effect is a credible one
 * @throws ExperimentError `insufficient_data` at ["effects"]; `not_finite` or `out_of_range` at ["effects", i, field];
 *         `unknown_key` at ["options", …]; `out_of_range` at ["options", "level"]
 * @source Mitchell & Beauchamp (1988), JASA 83; Stephens (2017), Biostatistics 18
 * @checked test/stats/shrink-sparse-effects.test.ts — brute-force integration; and in simulation, docs/calibration.md
 * @example
 * const cells = [0.1, 0, -0.1, 0.05, 1.2].map((value) => ({ value, standardError: 0.1 }));
 * shrinkSparseEffects(cells).effects.map(({ value }) => value); // [0.02556, 0.01799, 0.0049, 0.02103, 1.18]
 */
export function shrinkSparseEffects(
  effects: readonly MeasuredEffect[],
  options: { readonly level?: number } = {},
): SparseShrinkage {
  checkOptions(options, levelFields);
  checkEffects(effects, 2);
  const level = readLevel(options);
  const probability = (1 - level) / 2;
  const outside = { probability, reach: normalQuantile(1 - probability) };
  const { common, of } = beliefs(effects);
  return { mean: common, effects: effects.map((_, at) => summary(of(at), outside)) };
}
