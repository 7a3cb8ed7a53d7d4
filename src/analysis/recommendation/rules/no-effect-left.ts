import type { VariantRule } from "../recommendation-rule.js";

/** Of every goal, no effect worth having is left, either way. */
export const noEffectLeft: VariantRule = {
  about: "variant",
  action: "enough",
  matches: ({ goals }) => goals.every((outcome) => outcome === "negligible"),
};
