import type { VariantRule } from "../recommendation-rule.js";

/** No goal could be estimated. */
export const noEstimate: VariantRule = {
  about: "variant",
  action: "cannot_tell",
  matches: ({ goals }) => goals.every((outcome) => outcome === "undefined"),
};
