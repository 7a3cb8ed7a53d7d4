import type { Draft } from "../../core/draft.js";
import type { Alternative, Estimate } from "../../core/estimate.js";
import { degenerate } from "../inference/symmetric-estimate.js";
import { interval, outside, pValueOf } from "../inference/tail.js";
import { type LiftInputs, zeroBaseline } from "./baseline.js";

/**
 * The values of lift l that |treatment − (1 + l)·control| ≤ c·se allows, as a set: one interval, everything but
 * an interval, or everything. With slope = |control| the condition is a l² − 2 b l + q ≤ 0.
 */
export function fiellerSet(
  inputs: LiftInputs,
  critical: number,
): { kind: "interval" | "complement" | "line"; bounds: readonly [number, number] } {
  const { control, treatment, controlVariance, treatmentVariance } = inputs;
  const c2 = critical * critical;
  const difference = treatment - control;
  const a = control * control - c2 * controlVariance;
  const b = difference * control + c2 * controlVariance;
  // Equal to b² − a·q without its cancellation.
  const discriminant = c2 * (treatmentVariance * a + controlVariance * treatment * treatment);
  if (a === 0 || discriminant < 0) return { kind: "line", bounds: [0, 0] };
  const reach = critical * Math.sqrt(controlVariance + treatmentVariance);
  const q = (difference - reach) * (difference + reach);
  const larger = b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant);
  // A lift over a negative baseline is counted in units of |control|.
  const sign = control < 0 ? -1 : 1;
  const one = larger === 0 ? 0 : (sign * larger) / a;
  const other = larger === 0 ? 0 : (sign * q) / larger;
  return { kind: a > 0 ? "interval" : "complement", bounds: one <= other ? [one, other] : [other, one] };
}

/** Fieller's confidence set for a lift; see `lift`. */
export function fieller(inputs: LiftInputs, level: number, alternative: Alternative): Estimate {
  const { control, treatment, controlVariance, treatmentVariance } = inputs;
  if (control === 0) return zeroBaseline("fieller", level);
  const scale = Math.abs(control);
  const value = (treatment - control) / scale;
  const variance = controlVariance + treatmentVariance;
  if (variance === 0) return degenerate("fieller", value, level);
  const ratio = treatment / control;
  const standardError = Math.sqrt(treatmentVariance + ratio * ratio * controlVariance) / scale;
  // A treatment of nothing but zeros has a lift of −1 without an error, whatever the control does.
  if (standardError === 0) return degenerate("fieller", value, level);
  const tail = inputs.tail(controlVariance, treatmentVariance);
  const statistic = (treatment - control) / Math.sqrt(variance);
  const pValue = pValueOf(statistic, alternative, tail);
  const { kind, bounds } = fiellerSet(inputs, tail.critical(outside(level, alternative)));
  if (kind !== "interval")
    return {
      status: "unbounded",
      method: "fieller",
      reason:
        "the control's value cannot be distinguished from zero at this level, so the lift has no finite bounds",
      value,
      level,
      pValue,
      ...(kind === "complement" ? { complement: bounds } : {}),
    };
  const estimate: Draft<Extract<Estimate, { status: "ok" }>> = {
    status: "ok",
    method: "fieller",
    value,
    standardError,
    interval: interval(bounds[0], bounds[1], alternative),
    level,
    pValue,
    statistic,
  };
  if (tail.df !== undefined) estimate.df = tail.df;
  if (inputs.flags.length > 0) estimate.flags = inputs.flags;
  return estimate;
}
