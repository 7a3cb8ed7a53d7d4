import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { momentsOf } from "../posterior/beliefs.js";
import { fraction } from "../setting-shapes.js";
import { greedyShares } from "./greedy-shares.js";
import type { Policy } from "./policy.js";

/** Settings of `epsilonGreedy`. */
export const epsilonGreedySettings = { epsilon: fraction } as const;

/**
 * The action with the highest posterior mean, and with probability `epsilon` any of them.
 * @param settings.epsilon  in [0, 1]; default 0.1
 * @returns the policy
 * @throws ExperimentError `out_of_range` at ["epsilon"]; `unknown_key` at any other setting
 */
export function epsilonGreedy(settings: FieldsType<typeof epsilonGreedySettings> = {}): Policy {
  const { epsilon = 0.1 } = checkedSettings(settings, epsilonGreedySettings);
  return {
    name: "epsilonGreedy",
    settings: { epsilon },
    probabilities({ eligible, posterior }) {
      const { mean } = momentsOf(posterior().belief);
      const greedy = greedyShares(eligible.map((i) => mean[i]!));
      return greedy.map((share) => (1 - epsilon) * share + epsilon / eligible.length);
    },
  };
}
