import type { VariantRule } from "../recommendation-rule.js";

/** What is shown rests on the weight of a few units: with that capped, it is shown no longer. */
export const fewUnits: VariantRule = {
  about: "variant",
  action: "cannot_tell",
  matches: ({ fewUnits }) => fewUnits,
};
