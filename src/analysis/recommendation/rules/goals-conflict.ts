import type { VariantRule } from "../recommendation-rule.js";

/** One goal is shown to be better, another worse. */
export const goalsConflict: VariantRule = {
  about: "variant",
  action: "cannot_tell",
  matches: ({ goals }) => goals.includes("better") && goals.includes("worse"),
};
