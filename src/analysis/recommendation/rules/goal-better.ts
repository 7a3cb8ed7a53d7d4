import type { VariantRule } from "../recommendation-rule.js";

/** A goal gains, and nothing stands against it. */
export const goalBetter: VariantRule = {
  about: "variant",
  action: "ship",
  matches: ({ goals }) => goals.includes("better"),
};
