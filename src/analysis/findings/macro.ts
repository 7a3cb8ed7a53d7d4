import type { Evidence } from "../comparison-evidence.js";
import { aboutComparisons } from "./about-comparisons.js";
import type { FindingMember } from "./finding-kind.js";

/** What a goal or a diagnostic did overall. */
export const macro: FindingMember<Evidence> = {
  find: ({ macro, metrics }) =>
    aboutComparisons(
      macro,
      metrics.filter(({ role }) => role !== "guardrail"),
    ).map(({ found }) => found),
};
