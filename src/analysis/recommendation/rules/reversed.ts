import type { VariantRule } from "../recommendation-rule.js";

/** What is shown overall changes its sign once the levels of a dimension are weighted alike (Simpson's paradox). */
export const reversed: VariantRule = {
  about: "variant",
  action: "cannot_tell",
  matches: ({ reversed }) => reversed,
};
