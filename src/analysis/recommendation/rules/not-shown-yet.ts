import type { VariantRule } from "../recommendation-rule.js";

/** No goal is shown to differ. */
export const notShownYet: VariantRule = {
  about: "variant",
  action: "keep_running",
  matches: ({ goals }) => !goals.includes("better"),
};
