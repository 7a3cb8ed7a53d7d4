import { type NoSettings, requireNone } from "./no-settings.js";
import type { Policy } from "./policy.js";

/**
 * Thompson sampling: an action is chosen with the probability that it is the best.
 * @param settings  none
 * @returns the policy
 * @source Thompson (1933), Biometrika 25
 * @throws ExperimentError `unknown_key` at any setting
 */
export function thompson(settings: NoSettings = {}): Policy {
  requireNone(settings);
  return {
    name: "thompson",
    settings: {},
    probabilities: (view) => view.posterior().best(view.eligible, view.seed),
    sharpness: () => 1,
  };
}
