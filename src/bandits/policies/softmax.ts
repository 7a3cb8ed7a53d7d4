import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { momentsOf } from "../posterior/beliefs.js";
import { positive } from "../setting-shapes.js";
import type { Policy } from "./policy.js";

/** Settings of `softmax`. */
export const softmaxSettings = { temperature: positive } as const;

/**
 * Probabilities proportional to exp(posterior mean / temperature).
 * @param settings.temperature  in the reward's unit, > 0; default 0.1
 * @returns the policy
 * @throws ExperimentError `out_of_range` at ["temperature"]; `unknown_key` at any other setting
 */
export function softmax(settings: FieldsType<typeof softmaxSettings> = {}): Policy {
  const { temperature = 0.1 } = checkedSettings(settings, softmaxSettings);
  return {
    name: "softmax",
    settings: { temperature },
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
