import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { momentsOf } from "../posterior/beliefs.js";
import { positive } from "../setting-shapes.js";
import { greedyShares } from "./greedy-shares.js";
import type { Policy } from "./policy.js";

/** Settings of `ucb`. */
export const ucbSettings = { width: positive } as const;

/**
 * Upper confidence bound: the action whose posterior mean plus `width` standard deviations is largest. Deterministic
 * but for ties, so its propensities are 0 and 1: a baseline that nothing can be learned from afterwards.
 * @param settings.width  standard deviations, > 0; default 2
 * @returns the policy
 * @throws ExperimentError `out_of_range` at ["width"]; `unknown_key` at any other setting
 */
export function ucb(settings: FieldsType<typeof ucbSettings> = {}): Policy {
  const { width = 2 } = checkedSettings(settings, ucbSettings);
  return {
    name: "ucb",
    settings: { width },
    probabilities({ eligible, posterior }) {
      const { mean, sd } = momentsOf(posterior().belief);
      return greedyShares(eligible.map((i) => mean[i]! + width * sd[i]!));
    },
  };
}
