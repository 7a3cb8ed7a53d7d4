import type { ReportRule } from "../recommendation-rule.js";

/** Units did not arrive in the planned shares. */
export const srm: ReportRule = {
  about: "report",
  action: "do_not_read",
  matches: ({ checks }) => checks.some(({ status }) => status === "failed"),
};
