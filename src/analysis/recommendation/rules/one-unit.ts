import type { VariantRule } from "../recommendation-rule.js";

/** What is shown rests on a single unit: without it no difference is. */
export const oneUnit: VariantRule = {
  about: "variant",
  action: "cannot_tell",
  matches: ({ oneUnit }) => oneUnit,
};
