import type { VariantRule } from "../recommendation-rule.js";

/** A guardrail is not yet shown to stay within its margin. */
export const guardrailOpen: VariantRule = {
  about: "variant",
  action: "keep_running",
  matches: ({ bounded }) => bounded.includes("unclear"),
};
