import type { Estimate } from "../../core/estimate.js";
import { confidenceSequence } from "../../stats/index.js";
import { normalTail, symmetricEstimate } from "../../stats/inference/index.js";
import type { AdaptiveReading } from "./estimators/adaptive-estimator.js";

const steadyReason = "the rewards do not vary";

/** How the estimates are read. */
export interface AdaptiveReadingOptions {
  readonly level: number;
  /** Rounds at which the anytime-valid interval is to be narrowest. */
  readonly tunedAt: number;
}

/** A reading with the interval of one look; `adaptive` where it is refused. */
export function estimateOf(
  method: string,
  reading: AdaptiveReading,
  level: number,
  refused?: string,
): Estimate {
  if (refused) return { status: "adaptive", method, reason: refused, level };
  if ("reason" in reading) return { status: "adaptive", method, reason: reading.reason, level };
  const { value, standardError } = reading;
  if (!(standardError > 0)) return { status: "degenerate", method, reason: steadyReason, value, level };
  return symmetricEstimate(method, value, standardError, normalTail, { level });
}

/**
 * A reading with the interval that holds at every look; its clock runs by variance.
 * @param uniform  variance that a round of uniform play would add: arms in the reading × all arms × variance of what is weighed
 */
export function anytimeOf(
  method: string,
  reading: AdaptiveReading,
  uniform: number,
  { level, tunedAt }: AdaptiveReadingOptions,
  refused?: string,
): Estimate {
  const once = estimateOf(method, reading, level, refused);
  if (once.status !== "ok" || "reason" in reading) return once;
  const { value, standardError, rounds } = reading;
  const units = (rounds * standardError * rounds * standardError) / uniform;
  return { ...confidenceSequence({ value, standardError, units }, { tunedAt, level }), method };
}
