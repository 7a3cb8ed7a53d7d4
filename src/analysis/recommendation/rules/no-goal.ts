import type { ReportRule } from "../recommendation-rule.js";

/** No metric is a goal. */
export const noGoal: ReportRule = {
  about: "report",
  action: "cannot_tell",
  matches: ({ metrics }) => !metrics.some(({ role }) => role === "goal"),
};
