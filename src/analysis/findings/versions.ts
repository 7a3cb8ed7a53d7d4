import type { FindingMember } from "./finding-kind.js";

/** The data span several definition versions. */
export const versions: FindingMember<{ readonly versions: readonly number[] }> = {
  find: ({ versions }) => (versions.length > 1 ? [{ tone: "neutral", evidence: { versions } }] : []),
};
