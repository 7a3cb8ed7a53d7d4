import type { FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { fraction } from "../setting-shapes.js";
import { requireActions } from "../state/require-actions.js";
import { lower } from "./bounded-shares.js";
import type { Constraint } from "./constraint.js";

/** Settings of `caps`. */
export const capsSettings = { shares: { kind: "map", of: fraction, optional: true } } as const;

/**
 * Largest probabilities of single actions: an offer that may go to at most a fifth of the traffic.
 * @param settings.shares  by action key, each in [0, 1]; actions not named are not capped
 * @returns the constraint; where the caps of all eligible actions sum to less than 1, they are kept in proportion; where all
 *          are 0 there is nothing to choose, and deciding throws `no_eligible_action` at ["caps"]
 * @throws ExperimentError `out_of_range` at ["shares", action]; `unknown_key` at any other setting. A key that is not an
 *         arm's is refused when the constraint meets the arms: `unknown_action` at ["shares", action]
 */
export function caps(settings: FieldsType<typeof capsSettings> = {}): Constraint {
  const { shares = {} } = checkedSettings(settings, capsSettings);
  return {
    name: "caps",
    settings: { shares },
    meet: (actions) => requireActions(shares, actions, ["shares"]),
    apply: (probabilities, { eligible, actions }) =>
      lower(
        probabilities,
        eligible.map((i) => shares[actions[i]!] ?? 1),
      ),
  };
}
