import type { Evidence } from "../comparison-evidence.js";
import { aboutComparisons } from "./about-comparisons.js";
import type { FindingMember } from "./finding-kind.js";

/** What a personalization rule did to the units it was applied to, against those held back. */
export const rule: FindingMember<Evidence & { readonly rule: string }> = {
  find: ({ rules, metrics }) =>
    aboutComparisons(rules, metrics).map(({ comparison, found: { tone, evidence } }) => ({
      tone,
      evidence: { rule: comparison.cell.rule ?? "", ...evidence },
    })),
};
