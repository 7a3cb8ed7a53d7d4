import type { VariantRule } from "../recommendation-rule.js";

/** What is shown rests on the weight of a few units: with that capped no difference is. */
export const fewUnits: VariantRule = {
  about: "variant",
  action: "cannot_tell",
  matches: ({ fewUnits }) => fewUnits,
};
