import { ExperimentError, out_of_range } from "../../errors/index.js";
import { lower } from "./bounded-shares.js";
import type { Constraint } from "./constraint.js";

/**
 * Largest probabilities of single actions: an offer that may go to at most a fifth of the traffic.
 * @param settings.shares  by action key, each in [0, 1]; actions not named are not capped
 * @returns the constraint; where the caps of all eligible actions sum to less than 1, they are kept in proportion; where all
 *          are 0 there is nothing to choose, and deciding throws `no_eligible_action` at ["caps"]
 * @throws ExperimentError `out_of_range` at ["shares", action]
 */
export function caps({
  shares = {},
}: {
  readonly shares?: Readonly<Record<string, number>>;
} = {}): Constraint {
  for (const [key, share] of Object.entries(shares))
    if (!(share >= 0 && share <= 1)) throw new ExperimentError({ out_of_range }, ["shares", key], share);
  return {
    name: "caps",
    settings: { shares },
    apply: (probabilities, { eligible, actions }) =>
      lower(
        probabilities,
        eligible.map((i) => shares[actions[i]!] ?? 1),
      ),
  };
}
