import type { Estimate } from "../../core/estimate.js";
import type { MetricReading } from "../../metrics/index.js";
import { effectPosterior } from "../../stats/index.js";
import type { Believing } from "../../stats/looks/index.js";
import type { Comparison } from "../comparison.js";
import { logLift } from "../log-lift.js";

const noLiftReason = "beliefs are about lifts, and there is none";

/** What is believed of an estimated effect: the posterior's mean and interval, and what a choice gives up. */
function believed(
  estimate: Estimate,
  { prior, loss: threshold }: Believing,
  level: number,
  better: "higher" | "lower",
): Estimate {
  if (estimate.status !== "ok") return estimate;
  // On the log scale both directions are alike; there, small effects are lifts.
  const log = logLift(estimate);
  if (!log) return { status: "undefined", method: estimate.method, reason: noLiftReason };
  const { mean, standardDeviation, chance, loss, interval } = effectPosterior(log, prior, { level, better });
  return {
    status: "ok",
    method: `posterior of ${estimate.method}`,
    value: Math.expm1(mean),
    standardError: standardDeviation * Math.exp(mean),
    interval: [Math.expm1(interval[0]), Math.expm1(interval[1])],
    level,
    pValue: Math.min(1, 2 * Math.min(chance, 1 - chance)),
    belief: { chance, loss, threshold },
    ...(estimate.flags ? { flags: estimate.flags } : {}),
  };
}

/** A lift as a difference, in the metric's unit. */
function asDifference(lift: Estimate, control: number | null): Estimate {
  if (lift.status !== "ok" || control === null || control === 0)
    return { status: "undefined", method: lift.method, reason: noLiftReason };
  const size = Math.abs(control);
  const ends = lift.interval.map((end) => end * control).sort((a, b) => a - b);
  return {
    ...lift,
    value: lift.value * control,
    standardError: lift.standardError * size,
    interval: [ends[0] ?? 0, ends[1] ?? 0],
  };
}

/**
 * A comparison as the plan's prior and its data make one believe: of the lift, and of the difference that this is at the control's
 * value.
 * @param values  the metric's value on each side
 */
export function believedReading(
  found: MetricReading,
  believing: Believing,
  [control]: Comparison["values"],
  better: "higher" | "lower" = "higher",
): MetricReading {
  return {
    at({ level = 0.95 }) {
      const lift = believed(found.at({ level }).lift, believing, level, better);
      return { difference: asDifference(lift, control), lift };
    },
    named: found.named,
  };
}
