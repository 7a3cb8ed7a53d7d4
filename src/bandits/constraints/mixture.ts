import { power } from "../../core/powers.js";
import type { FieldsType } from "../../shapes/index.js";
import { leanSettings } from "../lean-settings.js";
import type { Constraint } from "./constraint.js";
import { heldJointly } from "./hold-jointly.js";

/** Settings of `mixture`. */
export const mixtureSettings = {
  decay: { kind: "number", atLeast: 0, below: 0.25, optional: true },
} as const;

/**
 * The mixture adaptive design (MAD): a share of the traffic is played uniformly, all of it before the first reward and
 * (rewards + 1)^−decay of it afterwards; the policy decides about the rest. Every arm then stays comparable with control at any
 * time: intervals of such a log hold whenever one looks or stops, whatever the policy is.
 * @param settings.decay  in [0, .25), below which a share falls slowly enough for that; default 0.24, a ninth of the traffic
 *                        at 10,000 rewards; 0 is uniform play for ever
 * @returns the constraint. Other constraints are kept too, and may take from the share
 * @throws ExperimentError `out_of_range` at ["decay"]; `unknown_key` at any other setting
 * @source Liang & Bojinov (2024), An Experimental Design for Anytime-Valid Causal Inference on Multi-Armed Bandits
 */
export function mixture(settings: FieldsType<typeof mixtureSettings> = {}): Constraint {
  const { decay = 0.24 } = leanSettings(settings, mixtureSettings);
  return heldJointly({
    name: "mixture",
    settings: { decay },
    mix(probabilities, { rewards }) {
      const share = power(1 + rewards, -decay);
      return probabilities.map((p) => (1 - share) * p + share / probabilities.length);
    },
    bounds: () => ({}),
  });
}
