import type { Estimate } from "../../core/estimate.js";
import type { Quantity } from "../../core/quantity.js";
import type { Contrast } from "../comparison.js";
import type { FindingMember } from "./finding-kind.js";

/** Why a metric differs overall: what each step adds, and whether that is shown. */
export const reasons: FindingMember<{
  readonly metric: string;
  readonly quantity: Quantity;
  readonly contrast: Contrast;
  /** Whether the steps are who buys, how often and how much each time. */
  readonly purchases: boolean;
  /** Step by step, the metric itself last. */
  readonly parts: readonly {
    readonly step: string;
    readonly contribution: Estimate;
    readonly shown: boolean;
  }[];
  readonly difference: Estimate;
}> = {
  find: ({ reasons, metrics, level }) =>
    (reasons?.macro ?? []).flatMap((each) => {
      if (each.status !== "ok" || each.thin) return [];
      const { metric, contrast, purchases = false, difference } = each;
      const parts = each.reasons.map(({ step, contribution: { planned } }) => ({
        step,
        contribution: planned,
        shown: planned.status === "ok" && (planned.pAdjusted ?? planned.pValue) < 1 - level,
      }));
      const quantity = metrics.find(({ key }) => key === metric)?.quantity ?? "amount";
      return [
        {
          tone: "neutral",
          evidence: {
            ...{ metric, quantity, contrast, purchases, parts },
            difference: difference.planned,
          },
        },
      ];
    }),
};
