import type { ReportRule } from "../recommendation-rule.js";

/** A policy allocated the units by their outcomes. */
export const adaptive: ReportRule = {
  about: "report",
  action: "cannot_tell",
  matches: ({ macro }) => macro.some(({ difference }) => difference.planned.status === "adaptive"),
};
