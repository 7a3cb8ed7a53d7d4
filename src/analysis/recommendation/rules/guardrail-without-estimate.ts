import type { VariantRule } from "../recommendation-rule.js";

/** A guardrail has a margin, but no lift to hold against it. */
export const guardrailWithoutEstimate: VariantRule = {
  about: "variant",
  action: "cannot_tell",
  matches: ({ bounded }) => bounded.includes("undefined"),
};
