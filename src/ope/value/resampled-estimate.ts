import type { Alternative, Estimate } from "../../core/estimate.js";

/** The point below which a share of sorted values lies. */
function percentile(sorted: Float64Array, share: number): number {
  const place = Math.min(sorted.length, Math.max(1, share * (sorted.length + 1)));
  const below = Math.floor(place);
  const low = sorted[below - 1] as number;
  const part = place - below;
  return part === 0 ? low : low + part * ((sorted[below] as number) - low);
}

/**
 * An estimate whose interval are percentiles of resampled values, and whose p-value is how few of them lie beyond zero.
 * @param sorted  ascending, at least 99
 */
export function resampledEstimate(
  method: string,
  value: number,
  standardError: number,
  sorted: Float64Array,
  { level, alternative }: { readonly level: number; readonly alternative: Alternative },
  flags: readonly string[],
): Estimate {
  const tail = alternative === "two-sided" ? (1 - level) / 2 : 1 - level;
  let [low, high] = [1, 1];
  for (const each of sorted) {
    if (each <= 0) low += 1;
    if (each >= 0) high += 1;
  }
  const [up, down] = [low / (sorted.length + 1), high / (sorted.length + 1)];
  const twoSided = Math.min(1, 2 * Math.min(up, down));
  return {
    status: "ok",
    method,
    value,
    standardError,
    interval: [
      alternative === "less" ? Number.NEGATIVE_INFINITY : percentile(sorted, tail),
      alternative === "greater" ? Number.POSITIVE_INFINITY : percentile(sorted, 1 - tail),
    ],
    level,
    pValue: alternative === "greater" ? up : alternative === "less" ? down : twoSided,
    statistic: value / standardError,
    ...(flags.length > 0 ? { flags } : {}),
  };
}
