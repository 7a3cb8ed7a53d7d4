import type { Policy } from "./policy.js";

/**
 * Thompson sampling: an action is chosen with the probability that it is the best.
 * @returns the policy
 * @source Thompson (1933), Biometrika 25
 */
export function thompson(): Policy {
  return {
    name: "thompson",
    settings: {},
    probabilities: (view) => view.posterior().best(view.eligible, view.seed),
    sharpness: () => 1,
  };
}
