import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { degenerate } from "../inference/symmetric-estimate.js";
import { interval, outside, pValueOf } from "../inference/tail.js";
import { type Boundary, sequentialTail } from "./boundary.js";

/** What a look gives: an estimate with its score under no difference, and how far its interval reaches. */
interface Scored {
  readonly method: string;
  readonly value: number;
  readonly standardError: number;
  readonly statistic: number;
  /** @returns how far the interval goes to either side at that critical value; Infinity where everything is compatible */
  reach(critical: number): number;
  readonly df?: number;
}

/** The outcome of a look with too few units to leave anything out. */
export function everything(method: string, value: number, level: number, pValue: number): Estimate {
  return {
    status: "unbounded",
    method,
    reason: "too few units for an interval that holds at every look at this level",
    value,
    level,
    pValue,
  };
}

/** A look's reading: interval and p-value that hold however often one looks. */
export function sequentialEstimate(scored: Scored, boundary: Boundary, options: EstimateOptions): Estimate {
  const { method, value, standardError, statistic, df } = scored;
  const level = readLevel(options);
  if (!(standardError > 0)) return degenerate(method, value, level);
  const alternative = readAlternative(options);
  const tail = sequentialTail(boundary, alternative);
  const pValue = pValueOf(statistic, alternative, tail);
  const reach = scored.reach(tail.critical(outside(level, alternative)));
  if (!Number.isFinite(reach)) return everything(method, value, level, pValue);
  return {
    status: "ok",
    method,
    value,
    standardError,
    interval: interval(value - reach, value + reach, alternative),
    level,
    pValue,
    statistic,
    ...(df === undefined ? {} : { df }),
  };
}
