import type { VariantRule } from "../recommendation-rule.js";

/** The plan gives up every goal's gain: what it was made to find would hardly be found any more. */
export const futile: VariantRule = {
  about: "variant",
  action: "enough",
  matches: ({ goals }) =>
    goals.includes("futile") && goals.every((outcome) => outcome === "futile" || outcome === "negligible"),
};
