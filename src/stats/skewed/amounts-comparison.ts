import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { readLevel } from "../inference/read-options.js";
import { zeroBaseline } from "../lift/baseline.js";
import type { AmountsReader } from "./amount-arm.js";
import { AmountsAnswer } from "./amounts-bounds.js";
import { amountsEstimate } from "./amounts-estimate.js";
import { type AmountsStratum, skewedAmounts } from "./amounts-rule.js";

/** Both scales of one comparison by the score of amounts. */
export interface AmountsComparison {
  absolute(options: EstimateOptions): Estimate;
  relative(options: EstimateOptions): Estimate;
}

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
  const { arms, sign, unit, above, below, aboveVariance, belowVariance } = contrast;
  const answer = new AmountsAnswer(arms);
  return {
    absolute(options) {
      const facts = {
        ...{ method, sign, scale: unit, value: above - below, flags: [] },
        standardError: Math.sqrt(aboveVariance + belowVariance),
      };
      return amountsEstimate(answer, facts, (critical) => answer.absolute(critical, "difference"), options);
    },
    relative(options) {
      const scale = Math.abs(below);
      if (!(scale > 0) || !(Math.abs(above) / scale < 1e100)) return zeroBaseline(method, readLevel(options));
      const ratio = above / below;
      const facts = {
        ...{ method, sign, scale: 1, value: (above - below) / scale },
        standardError: Math.sqrt(aboveVariance + ratio * ratio * belowVariance) / scale,
        flags: [
          ...(below < 0 ? ["negative_baseline"] : []),
          ...(scale < 2 * Math.sqrt(belowVariance) ? ["near_zero_baseline"] : []),
        ],
      };
      return amountsEstimate(answer, facts, (critical) => answer.relative(critical), options);
    },
  };
}

/**
 * The difference within some strata minus that within others, by the score of amounts.
 * @returns undefined where the rule for skewed amounts does not hold
 */
export function amountsApart<M>(
  cell: readonly AmountsStratum<M>[],
  rest: readonly AmountsStratum<M>[],
  reader: AmountsReader<M>,
  options: EstimateOptions,
): Estimate | undefined {
  const contrast = skewedAmounts([cell, rest], reader);
  if (!contrast) return undefined;
  const { arms, sign, unit, above, below, aboveVariance, belowVariance } = contrast;
  const facts = {
    ...{ method: "amounts-score-cell-minus-rest", sign, scale: unit, value: above - below, flags: [] },
    standardError: Math.sqrt(aboveVariance + belowVariance),
  };
  const answer = new AmountsAnswer(arms);
  return amountsEstimate(answer, facts, (critical) => answer.absolute(critical, "contrast"), options);
}
