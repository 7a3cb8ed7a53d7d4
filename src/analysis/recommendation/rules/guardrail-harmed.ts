import type { VariantRule } from "../recommendation-rule.js";

/** A guardrail is shown to be worse, and not to stay within its margin; or, in a strict plan, just worse. */
export const guardrailHarmed: VariantRule = {
  about: "variant",
  action: "stop",
  matches: ({ guardrails, strict }) =>
    guardrails.includes("worse") || (strict && guardrails.includes("tolerated")),
};
