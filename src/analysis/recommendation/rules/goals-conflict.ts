import type { VariantRule } from "../recommendation-rule.js";

/** One goal is shown to be better, another worse: nothing may deteriorate. */
export const goalsConflict: VariantRule = {
  about: "variant",
  action: "stop",
  matches: ({ goals }) => goals.includes("better") && goals.includes("worse"),
};
