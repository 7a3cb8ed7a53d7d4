import { MOST_LOOKS, type Plan } from "../../core/plan.js";
import type { FieldsFor } from "../../shapes/index.js";
import { futilityShape } from "../group-sequential/plan.js";
import { spendingShape } from "../group-sequential/spending/settings.js";

/** The keys of a plan that say how often results are read. */
export const looksFields = {
  looks: {
    kind: "either",
    of: [
      { kind: "number", whole: true, atLeast: 1, atMost: MOST_LOOKS },
      { kind: "word", of: ["any"] },
      { kind: "list", of: { kind: "number", above: 0, atMost: 1 }, atLeast: 1, atMost: MOST_LOOKS },
    ],
    optional: true,
  },
  method: { kind: "word", of: ["always-valid", "alpha-spending", "equal-shares", "bayes"], optional: true },
  spending: { ...spendingShape, optional: true },
  futility: { ...futilityShape, optional: true },
} as const satisfies FieldsFor<Pick<Plan, "looks" | "method" | "spending" | "futility">>;
