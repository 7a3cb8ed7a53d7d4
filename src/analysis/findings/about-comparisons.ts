import type { Comparison, ReportMetric } from "../comparison.js";
import { type ComparisonOutcome, type Evidence, evidenceOf } from "../comparison-evidence.js";
import type { Found, Tone } from "./finding-kind.js";

const tones: Readonly<Record<ComparisonOutcome, Tone>> = {
  better: "good",
  held: "good",
  tolerated: "warning",
  negligible: "neutral",
  futile: "neutral",
  worse: "bad",
  unclear: "neutral",
  undefined: "warning",
};

/** @returns what each comparison shows, for the metrics that are asked for; nothing of data collected adaptively */
export function aboutComparisons(
  comparisons: readonly Comparison[],
  metrics: readonly ReportMetric[],
): readonly { readonly comparison: Comparison; readonly found: Found<Evidence> }[] {
  return comparisons.flatMap((comparison) => {
    const metric = metrics.find(({ key }) => key === comparison.metric);
    if (!metric || comparison.difference.planned.status === "adaptive") return [];
    const evidence = evidenceOf(metric, comparison);
    // A margin without a lift to hold against it is no failure of the difference itself.
    const open = evidence.outcome === "undefined" && evidence.difference.status === "ok";
    return [{ comparison, found: { tone: open ? "neutral" : tones[evidence.outcome], evidence } }];
  });
}
