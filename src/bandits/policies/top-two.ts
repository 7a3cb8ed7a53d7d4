import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { properFraction } from "../setting-shapes.js";
import type { Policy } from "./policy.js";

/** Settings of `topTwo`. */
export const topTwoSettings = { share: properFraction } as const;

/**
 * Top-two Thompson sampling, for finding the best arm rather than earning on the way: with probability `share` the
 * Thompson draw, otherwise the best of another draw that disagrees with it.
 * @param settings.share  in (0, 1); default 0.5
 * @returns the policy; when to stop is said by `bestArm`
 * @throws ExperimentError `out_of_range` at ["share"]; `unknown_key` at any other setting
 * @source Russo (2020), Operations Research 68(6)
 */
export function topTwo(settings: FieldsType<typeof topTwoSettings> = {}): Policy {
  const { share = 0.5 } = checkedSettings(settings, topTwoSettings);
  return {
    name: "topTwo",
    settings: { share },
    probabilities({ eligible, seed, posterior }) {
      const best = posterior().best(eligible, seed);
      if (best.length === 1) return [1];
      // The others' sum, not 1 − p, which is rounding error when p is near 1.
      const others = best.map((_, i) => best.reduce((sum, p, j) => (j === i ? sum : sum + p), 0));
      return best.map((p, i) =>
        best.reduce(
          (sum, leader, j) =>
            j === i
              ? sum
              : sum + (1 - share) * leader * (others[j]! > 0 ? p / others[j]! : 1 / (best.length - 1)),
          share * p,
        ),
      );
    },
  };
}
