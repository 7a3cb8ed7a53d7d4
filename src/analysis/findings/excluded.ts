import type { FindingMember } from "./finding-kind.js";

/** Units or rows that were left out, for one reason. */
export const excluded: FindingMember<{ readonly reason: string; readonly units: number }> = {
  find: ({ excluded }) =>
    Object.entries(excluded).flatMap(([reason, units]) =>
      units > 0 ? [{ tone: "neutral", evidence: { reason, units } }] : [],
    ),
};
