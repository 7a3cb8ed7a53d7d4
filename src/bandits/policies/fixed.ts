import type { Policy } from "./policy.js";

/**
 * The definition's own split, whatever is learned: the test that a bandit is compared with.
 * @returns the policy; shares of actions that are not eligible go to the others in proportion
 */
export function fixed(): Policy {
  return {
    name: "fixed",
    settings: {},
    probabilities({ eligible, shares }) {
      const total = eligible.reduce((sum, i) => sum + shares[i]!, 0);
      return eligible.map((i) => (total > 0 ? shares[i]! / total : 1 / eligible.length));
    },
  };
}
