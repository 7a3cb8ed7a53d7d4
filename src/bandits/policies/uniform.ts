import type { Policy } from "./policy.js";

/**
 * Every eligible action with the same probability, whatever is learned.
 * @returns the policy
 */
export function uniform(): Policy {
  return {
    name: "uniform",
    settings: {},
    probabilities: ({ eligible }) => eligible.map(() => 1 / eligible.length),
  };
}
