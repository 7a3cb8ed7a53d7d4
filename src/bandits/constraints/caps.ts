import type { FieldsType } from "../../shapes/index.js";
import { leanSettings } from "../lean-settings.js";
import { fraction } from "../setting-shapes.js";
import { requireActions } from "../state/require-actions.js";
import type { Constraint } from "./constraint.js";
import { heldJointly } from "./hold-jointly.js";

/** Settings of `caps`. */
export const capsSettings = { shares: { kind: "map", of: fraction, optional: true } } as const;

/**
 * Largest probabilities of single actions: an offer that may go to at most a fifth of the traffic.
 * @param settings.shares  by action key, each in [0, 1]; actions not named are not capped. An action capped at 0 is not
 *                         chosen, and nothing else is demanded of it
 * @returns the constraint; a cap is never exceeded: where the eligible actions' caps leave less than all of the traffic,
 *          deciding throws `constraints_clash`
 * @throws ExperimentError `out_of_range` at ["shares", action]; `unknown_key` at any other setting. A key that is not an
 *         arm's is refused when the constraint meets the arms: `unknown_action` at ["shares", action]
 */
export function caps(settings: FieldsType<typeof capsSettings> = {}): Constraint {
  const { shares = {} } = leanSettings(settings, capsSettings);
  return heldJointly({
    name: "caps",
    settings: { shares },
    meet: (actions) => requireActions(shares, actions, ["shares"]),
    bounds: ({ eligible, actions }) => ({ most: eligible.map((i) => shares[actions[i]!] ?? 1) }),
  });
}
