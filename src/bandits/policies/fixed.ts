import { type NoSettings, requireNone } from "./no-settings.js";
import type { Policy } from "./policy.js";

/**
 * The definition's own split, whatever is learned: the test that a bandit is compared with.
 * @param settings  none
 * @returns the policy; shares of actions that are not eligible go to the others in proportion
 * @throws ExperimentError `unknown_key` at any setting
 */
export function fixed(settings: NoSettings = {}): Policy {
  requireNone(settings);
  return {
    name: "fixed",
    settings: {},
    probabilities({ eligible, shares }) {
      const total = eligible.reduce((sum, i) => sum + shares[i]!, 0);
      return eligible.map((i) => (total > 0 ? shares[i]! / total : 1 / eligible.length));
    },
  };
}
