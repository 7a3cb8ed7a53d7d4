import type { FindingMember } from "./finding-kind.js";

/** A policy allocated units by their outcomes, so plain comparisons are biased. */
export const adaptive: FindingMember<{ readonly policies: readonly string[] }> = {
  find: ({ policies }) => (policies.length > 0 ? [{ tone: "warning", evidence: { policies } }] : []),
};
