import type { Draft } from "../../core/draft.js";
import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { readAlternative, readLevel } from "./read-options.js";
import { interval, outside, pValueOf, type Tail } from "./tail.js";

/**
 * Estimate ± critical value × standard error, and the test of zero that agrees with it.
 * @returns the estimate; `degenerate` when the standard error is zero
 */
export function symmetricEstimate(
  method: string,
  value: number,
  standardError: number,
  tail: Tail,
  options: EstimateOptions,
  flags: readonly string[] = [],
): Estimate {
  const level = readLevel(options);
  const alternative = readAlternative(options);
  if (!(standardError > 0)) return degenerate(method, value, level);
  const statistic = value / standardError;
  const reach = tail.critical(outside(level, alternative)) * standardError;
  const estimate: Draft<Extract<Estimate, { status: "ok" }>> = {
    status: "ok",
    method,
    value,
    standardError,
    interval: interval(value - reach, value + reach, alternative),
    level,
    pValue: pValueOf(statistic, alternative, tail),
    statistic,
  };
  if (tail.df !== undefined) estimate.df = tail.df;
  if (flags.length > 0) estimate.flags = flags;
  return estimate;
}

/** The typed outcome of data that do not vary: a value without an error. */
export function degenerate(method: string, value: number, level: number): Estimate {
  return {
    status: "degenerate",
    method,
    reason: "no variance in either group, so the difference has no standard error",
    value,
    level,
  };
}
