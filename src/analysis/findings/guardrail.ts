import type { Evidence } from "../comparison-evidence.js";
import { aboutComparisons } from "./about-comparisons.js";
import type { FindingMember } from "./finding-kind.js";

/** Whether a guardrail held overall. */
export const guardrail: FindingMember<Evidence> = {
  find: ({ macro, metrics }) =>
    aboutComparisons(
      macro,
      metrics.filter(({ role }) => role === "guardrail"),
    ).map(({ found }) => found),
};
