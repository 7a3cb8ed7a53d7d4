import { momentsOf } from "../posterior/beliefs.js";
import type { Policy } from "./policy.js";
import { positiveSettings } from "./positive-settings.js";

/**
 * Probabilities proportional to exp(posterior mean / temperature).
 * @param settings.temperature  in the reward's unit, > 0; default 0.1
 * @returns the policy
 * @throws ExperimentError `out_of_range` at ["temperature"]
 */
export function softmax({ temperature = 0.1 }: { readonly temperature?: number } = {}): Policy {
  return {
    name: "softmax",
    settings: positiveSettings({ temperature }),
    probabilities({ eligible, posterior }) {
      const { mean } = momentsOf(posterior().belief);
      // A mean that is infinite (no rewards yet under a heavy-tailed prior) counts as the largest number.
      const scores = eligible.map((i) => Math.min(mean[i]!, Number.MAX_VALUE));
      const top = Math.max(...scores);
      const weights = scores.map((score) => Math.exp((score - top) / temperature));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight) => weight / total);
    },
  };
}
