import type { VariantRule } from "../recommendation-rule.js";

/** Shown to be better only if this is the one planned look, which the plan does not say. */
export const oneLookShips: VariantRule = {
  about: "variant",
  action: "keep_running",
  matches: ({ atOneLook }) => atOneLook === "ship",
};
