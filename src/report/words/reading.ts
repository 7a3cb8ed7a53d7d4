import type { Evidence, ReportMetric } from "../../analysis/index.js";

/** Whether a comparison shows something, and whether that is good. */
export type Mark = "good" | "bad" | "neutral" | "none";

/** What a row of a table shows, in a word; each language spells it with a sign, so that colour is never alone. */
export type ReadingName =
  | "better"
  | "worse"
  | "tolerated"
  | "safe"
  | "open"
  | "not_shown"
  | "negligible"
  | "given_up"
  | "higher"
  | "lower"
  | "no_estimate"
  | "hardly"
  | "ignores"
  | "stronger"
  | "opposite"
  | "unlike"
  | "too_thin";

/** How a reading is coloured, beside its word. */
export type ReadingTone = "good" | "warn" | "bad" | "plain" | "none";

/** The colour of each reading. */
export const readingTones: Readonly<Record<ReadingName, ReadingTone>> = {
  better: "good",
  worse: "bad",
  tolerated: "warn",
  safe: "good",
  open: "warn",
  not_shown: "none",
  negligible: "none",
  given_up: "none",
  higher: "plain",
  lower: "plain",
  no_estimate: "none",
  hardly: "warn",
  ignores: "warn",
  stronger: "good",
  opposite: "plain",
  unlike: "plain",
  too_thin: "none",
};

const outcomes: Readonly<Record<Evidence["outcome"], ReadingName>> = {
  better: "better",
  worse: "worse",
  held: "safe",
  tolerated: "tolerated",
  negligible: "negligible",
  futile: "given_up",
  unclear: "not_shown",
  undefined: "no_estimate",
};

/**
 * @param mark      what the corrected comparison shows
 * @param evidence  of a goal or guardrail against control, as the verdict read it; absent where nothing is decided
 * @returns the word for it
 */
export function readingOf(metric: ReportMetric, mark: Mark, evidence: Evidence | undefined): ReadingName {
  if (evidence?.outcome === "unclear" && (evidence.margin ?? 0) > 0) return "open";
  if (evidence) return outcomes[evidence.outcome];
  if (mark === "none") return "no_estimate";
  if (mark === "neutral") return "not_shown";
  if (metric.role !== "diagnostic" || metric.better !== undefined)
    return mark === "good" ? "better" : "worse";
  return mark === "good" ? "higher" : "lower";
}
