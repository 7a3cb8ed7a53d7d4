import type { VariantRule } from "../recommendation-rule.js";

/** A guardrail is shown to be worse. */
export const guardrailHarmed: VariantRule = {
  about: "variant",
  action: "stop",
  matches: ({ guardrails }) => guardrails.includes("worse"),
};
