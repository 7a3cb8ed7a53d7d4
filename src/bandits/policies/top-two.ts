import { square } from "../../core/powers.js";
import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { momentsOf } from "../posterior/beliefs.js";
import { orNull, properFraction } from "../setting-shapes.js";
import type { Policy } from "./policy.js";

/** Settings of `topTwo`. */
export const topTwoSettings = { share: orNull(properFraction) } as const;

/**
 * Top-two Thompson sampling, for finding the best arm rather than earning on the way: a leader is drawn as Thompson sampling draws,
 * and a challenger as the best of another draw that disagrees with it; one of the two is played.
 *
 * Unless a `share` is given, the one that is known worse is played more: the leader with probability v / (v + v′), v and v′
 * being the posterior variances of leader and challenger. Nothing has to be known of how many arms are close: of two, the leader gets half, of ten
 * alike challengers a quarter.
 * @param settings.share  of the leader, in (0, 1); default null, by the variances
 * @returns the policy; when to stop is said by `bestArm`
 * @throws ExperimentError `out_of_range` at ["share"]; `unknown_key` at any other setting
 * @source Russo (2020), Operations Research 68(6); share: You, Qin, Wang & Yang (2023), COLT: Information-directed selection for
 *         top-two algorithms
 */
export function topTwo(settings: FieldsType<typeof topTwoSettings> = {}): Policy {
  const { share = null } = checkedSettings(settings, topTwoSettings);
  return {
    name: "topTwo",
    settings: { share },
    probabilities({ eligible, seed, posterior }) {
      const own = posterior();
      const best = own.best(eligible, seed);
      if (best.length === 1) return [1];
      const { sd } = momentsOf(own.belief);
      const variances = eligible.map((i) => square(sd[i] ?? 0));
      // The others' sum, not 1 − p, which is rounding error when p is near 1.
      const others = best.map((_, i) => best.reduce((sum, p, j) => (j === i ? sum : sum + p), 0));
      /** Probability that the first leads and the second challenges. */
      const paired = (i: number, j: number) => {
        const [own = 0, other = 0, rest = 0] = [best[i], best[j], others[i]];
        return own * (rest > 0 ? other / rest : 1 / (best.length - 1));
      };
      /** Probability that of the two the leader is played. */
      const leads = (i: number, j: number) => {
        const [own = 0, other = 0] = [variances[i], variances[j]];
        const part = share ?? own / (own + other);
        return Number.isNaN(part) ? 0.5 : part;
      };
      return best.map((_, i) =>
        best.reduce(
          (sum, _other, j) =>
            j === i ? sum : sum + paired(i, j) * leads(i, j) + paired(j, i) * (1 - leads(j, i)),
          0,
        ),
      );
    },
  };
}
