import type { Draft } from "../../core/draft.js";
import type { Estimate } from "../../core/estimate.js";

/** An estimate that there is. */
export type Found = Extract<Estimate, { status: "ok" }>;

/**
 * A copy to be added to, made part by part: reports copy many thousands, of many shapes, which engines spread slowly.
 * What a correction adds is left out.
 */
export function copyEstimate({
  method,
  value,
  standardError,
  interval,
  level,
  pValue,
  statistic,
  df,
  flags,
  belief,
}: Found): Draft<Found> {
  const copy: Draft<Found> = { status: "ok", method, value, standardError, interval, level, pValue };
  if (statistic !== undefined) copy.statistic = statistic;
  if (df !== undefined) copy.df = df;
  if (flags !== undefined) copy.flags = flags;
  if (belief !== undefined) copy.belief = belief;
  return copy;
}
