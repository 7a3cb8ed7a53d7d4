import type { ReportRule } from "../recommendation-rule.js";

/** A bandit's actions did not come as often as their recorded probabilities say. */
export const propensities: ReportRule = {
  about: "report",
  action: "do_not_read",
  matches: ({ bandit }) => bandit?.served.status === "failed",
};
