import type { Estimate } from "../core/estimate.js";
import type { MeasuredEffect } from "../stats/index.js";

/** @returns log(treatment / control) with its standard error, where both are positive: the scale on which lifts are nearly normal */
export function logLift(lift: Estimate): MeasuredEffect | undefined {
  if (lift.status !== "ok" || !(lift.value > -1)) return undefined;
  const standardError = lift.standardError / (1 + lift.value);
  return standardError > 0 && Number.isFinite(standardError)
    ? { value: Math.log1p(lift.value), standardError }
    : undefined;
}
