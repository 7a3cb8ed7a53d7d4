import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, normalTail, outside, pValueOf } from "../inference/tail.js";
import type { AmountsAnswer } from "./amounts-bounds.js";

/** What is reported beside the score's own numbers. */
export interface AmountsFacts {
  readonly method: string;
  readonly value: number;
  /** To first order; where it is 0 the interval's width stands for it. */
  readonly standardError: number;
  /** −1 where the values were turned to be positive. */
  readonly sign: 1 | -1;
  /** By what the answer's bounds are multiplied. */
  readonly scale: number;
  readonly flags: readonly string[];
}

/** An estimate out of a score's answer. */
export function amountsEstimate(
  answer: Pick<AmountsAnswer, "statistic">,
  facts: AmountsFacts,
  bounds: (critical: number) => readonly [lower: number, upper: number],
  options: EstimateOptions,
): Estimate {
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const { method, value, sign, scale } = facts;
  const statistic = sign * answer.statistic;
  const pValue = pValueOf(statistic, alternative, normalTail);
  const critical = normalTail.critical(outside(level, alternative));
  const [low, high] = bounds(critical);
  const lower = (sign < 0 ? -high : low) * scale;
  const upper = (sign < 0 ? -low : high) * scale;
  const open =
    (alternative !== "less" && !Number.isFinite(lower)) ||
    (alternative !== "greater" && !Number.isFinite(upper));
  if (open)
    return {
      status: "unbounded",
      method,
      reason: "too few values that are not zero for bounds at this level",
      value,
      level,
      pValue,
      ...(alternative !== "less" && Number.isFinite(lower) ? { lower } : {}),
    };
  const width = Number.isFinite(upper - lower) ? upper - lower : 0;
  return {
    status: "ok",
    method,
    value,
    standardError:
      facts.standardError > 0 ? facts.standardError : width / (2 * Math.max(1, Math.abs(critical))),
    interval: interval(lower, upper, alternative),
    level,
    pValue,
    statistic,
    flags: facts.flags,
  };
}
