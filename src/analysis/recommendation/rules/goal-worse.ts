import type { VariantRule } from "../recommendation-rule.js";

/** A goal is shown to be worse. */
export const goalWorse: VariantRule = {
  about: "variant",
  action: "stop",
  matches: ({ goals }) => goals.includes("worse"),
};
