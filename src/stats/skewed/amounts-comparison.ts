import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { readLevel } from "../inference/read-options.js";
import { zeroBaseline } from "../lift/baseline.js";
import type { AmountsReader } from "./amount-arm.js";
import { AmountsAnswer } from "./amounts-bounds.js";
import { type AmountsFacts, amountsEstimate } from "./amounts-estimate.js";
import { type AmountsStratum, skewedAmounts } from "./amounts-rule.js";

/** Both scales of one comparison by the score of amounts. */
export interface AmountsComparison {
  absolute(options: EstimateOptions): Estimate;
  relative(options: EstimateOptions): Estimate;
}

const skewed = ["skewed"] as const;

const baselineFlags = (negative: boolean, near: boolean): readonly string[] => [
  ...skewed,
  ...(negative ? ["negative_baseline"] : []),
  ...(near ? ["near_zero_baseline"] : []),
];

/**
 * Treatment against control by the score of amounts, averaged over strata by their share of the units.
 * @returns undefined where the rule for skewed amounts does not hold
 */
export function amountsComparison<M>(
  strata: readonly AmountsStratum<M>[],
  reader: AmountsReader<M>,
): AmountsComparison | undefined {
  const contrast = skewedAmounts([strata], reader);
  if (!contrast) return undefined;
  const method = strata.length === 1 ? "amounts-score" : "amounts-score-stratified";
  const { arms, unit, above, below, aboveVariance, belowVariance } = contrast;
  const answer = new AmountsAnswer(arms, unit);
  const sign = unit < 0 ? -1 : 1;
  return {
    absolute(options) {
      const facts: AmountsFacts = {
        method,
        value: above - below,
        standardError: Math.sqrt(aboveVariance + belowVariance),
        sign,
        scale: Math.abs(unit),
        flags: skewed,
      };
      return amountsEstimate(answer, facts, (critical) => answer.absolute(critical, "difference"), options);
    },
    relative(options) {
      const scale = Math.abs(below);
      if (!(scale > 0) || !(Math.abs(above) / scale < 1e100)) return zeroBaseline(method, readLevel(options));
      const ratio = above / below;
      const near = scale < 2 * Math.sqrt(belowVariance);
      const facts: AmountsFacts = {
        method,
        value: (above - below) / scale,
        standardError: Math.sqrt(aboveVariance + ratio * ratio * belowVariance) / scale,
        sign,
        scale: 1,
        flags: below < 0 || near ? baselineFlags(below < 0, near) : skewed,
      };
      return amountsEstimate(answer, facts, (critical) => answer.relative(critical), options);
    },
  };
}

/**
 * The difference within some strata minus that within others, by the score of amounts.
 * @returns the estimate at any level; undefined where the rule for skewed amounts does not hold
 */
export function amountsApart<M>(
  cell: readonly AmountsStratum<M>[],
  rest: readonly AmountsStratum<M>[],
  reader: AmountsReader<M>,
): ((options: EstimateOptions) => Estimate) | undefined {
  const contrast = skewedAmounts([cell, rest], reader);
  if (!contrast) return undefined;
  const { arms, unit, above, below, aboveVariance, belowVariance } = contrast;
  const facts: AmountsFacts = {
    method: "amounts-score-cell-minus-rest",
    value: above - below,
    standardError: Math.sqrt(aboveVariance + belowVariance),
    sign: unit < 0 ? -1 : 1,
    scale: Math.abs(unit),
    flags: skewed,
  };
  const answer = new AmountsAnswer(arms, unit);
  const bounds = (critical: number) => answer.absolute(critical, "contrast");
  return (options) => amountsEstimate(answer, facts, bounds, options);
}
