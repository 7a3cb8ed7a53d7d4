import { type NoSettings, requireNone } from "./no-settings.js";
import type { Policy } from "./policy.js";

/**
 * Every eligible action with the same probability, whatever is learned.
 * @param settings  none
 * @returns the policy
 * @throws ExperimentError `unknown_key` at any setting
 */
export function uniform(settings: NoSettings = {}): Policy {
  requireNone(settings);
  return {
    name: "uniform",
    settings: {},
    probabilities: ({ eligible }) => eligible.map(() => 1 / eligible.length),
  };
}
