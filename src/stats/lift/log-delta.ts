import type { Alternative, Estimate } from "../../core/estimate.js";
import { degenerate } from "../inference/symmetric-estimate.js";
import { interval, outside, pValueOf } from "../inference/tail.js";
import { type LiftInputs, zeroBaseline } from "./baseline.js";

/** exp(log ratio ± critical value × its standard error) − 1; needs two means of one sign. */
export function logDelta(inputs: LiftInputs, level: number, alternative: Alternative): Estimate {
  const { control, treatment, controlVariance, treatmentVariance, flags } = inputs;
  const method = "log-delta";
  if (control === 0) return zeroBaseline(method, level);
  const ratio = treatment / control;
  const sign = control < 0 ? -1 : 1;
  const value = (treatment - control) / Math.abs(control);
  const a = controlVariance / control / control;
  const b = treatmentVariance / treatment / treatment;
  const logError = Math.sqrt(a + b);
  if (!(ratio > 1e-150 && Number.isFinite(logError)))
    return {
      status: "undefined",
      method,
      reason: "the treatment's mean is zero or of the other sign, so the ratio has no logarithm",
      value,
      level,
    };
  if (logError === 0) return degenerate(method, value, level);
  const tail = inputs.tail(a, b);
  const center = Math.log1p((treatment - control) / control);
  const reach = tail.critical(outside(level, alternative)) * logError;
  const statistic = (sign * center) / logError;
  // Over a negative baseline a larger ratio is a smaller lift, so the ends change places.
  const lower = sign * Math.expm1(center - sign * reach);
  const upper = sign * Math.expm1(center + sign * reach);
  return {
    status: "ok",
    method,
    value,
    standardError: ratio * logError,
    interval: interval(lower, upper, alternative),
    level,
    pValue: pValueOf(statistic, alternative, tail),
    statistic,
    ...(tail.df === undefined ? {} : { df: tail.df }),
    ...(flags.length > 0 ? { flags } : {}),
  };
}
