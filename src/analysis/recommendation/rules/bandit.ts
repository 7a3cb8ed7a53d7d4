import type { ReportRule } from "../recommendation-rule.js";

/** A bandit's decisions are all there is: it moves the traffic itself. */
export const bandit: ReportRule = {
  about: "report",
  action: "keep_running",
  matches: ({ bandit, metrics }) => bandit !== undefined && metrics.length === 0,
};
