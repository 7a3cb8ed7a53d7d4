import { momentsOf } from "../posterior/beliefs.js";
import { greedyShares } from "./greedy-shares.js";
import type { Policy } from "./policy.js";
import { positiveSettings } from "./positive-settings.js";

/**
 * Upper confidence bound: the action whose posterior mean plus `width` standard deviations is largest. Deterministic
 * but for ties, so its propensities are 0 and 1: a baseline that nothing can be learned from afterwards.
 * @param settings.width  standard deviations, > 0; default 2
 * @returns the policy
 * @throws ExperimentError `out_of_range` at ["width"]
 */
export function ucb({ width = 2 }: { readonly width?: number } = {}): Policy {
  return {
    name: "ucb",
    settings: positiveSettings({ width }),
    probabilities({ eligible, posterior }) {
      const { mean, sd } = momentsOf(posterior().belief);
      return greedyShares(eligible.map((i) => mean[i]! + width * sd[i]!));
    },
  };
}
