import type { ServedCheck } from "../bandit-run/run.js";
import type { FindingMember } from "./finding-kind.js";

/** Whether a bandit's actions came as often as their recorded probabilities say. */
export const served: FindingMember<
  | {
      readonly status: "passed" | "failed";
      readonly statistic: number;
      readonly df: number;
      readonly pValue: number;
    }
  | { readonly status: "undefined"; readonly reason: string }
> = {
  find({ bandit }) {
    if (!bandit) return [];
    const check: ServedCheck = bandit.served;
    if (check.status === "undefined")
      return [{ tone: "neutral", evidence: { status: check.status, reason: check.reason } }];
    const { status, statistic, df, pValue } = check;
    const tone = status === "failed" ? "warning" : "neutral";
    return [{ tone, evidence: { status, statistic, df, pValue } }];
  },
};
