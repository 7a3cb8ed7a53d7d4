import type { VariantRule } from "../recommendation-rule.js";

/** Shown to be worse only if this is the one planned look, which the plan does not say. */
export const oneLookStops: VariantRule = {
  about: "variant",
  action: "keep_running",
  matches: ({ atOneLook }) => atOneLook === "stop",
};
