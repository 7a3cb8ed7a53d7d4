import { ExperimentError, out_of_range } from "../../errors/index.js";
import { momentsOf } from "../posterior/beliefs.js";
import { greedyShares } from "./greedy-shares.js";
import type { Policy } from "./policy.js";

/**
 * The action with the highest posterior mean, and with probability `epsilon` any of them.
 * @param settings.epsilon  in [0, 1]; default 0.1
 * @returns the policy
 * @throws ExperimentError `out_of_range` at ["epsilon"]
 */
export function epsilonGreedy({ epsilon = 0.1 }: { readonly epsilon?: number } = {}): Policy {
  if (!(epsilon >= 0 && epsilon <= 1)) throw new ExperimentError({ out_of_range }, ["epsilon"], epsilon);
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
