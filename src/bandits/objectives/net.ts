import type { Fields, FieldsType } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { drawBelief, momentsOf } from "../posterior/beliefs.js";
import { drawnProbabilities } from "../posterior/drawn-probabilities.js";
import type { Belief } from "../posterior/posterior.js";
import { positive } from "../setting-shapes.js";
import { requireActions } from "../state/require-actions.js";
import type { Objective } from "./objective.js";

/** Settings of `net`. */
export const netSettings = {
  values: { kind: "map", of: positive, optional: true },
  costs: { kind: "map", of: { kind: "number" }, optional: true },
} as const satisfies Fields;

/**
 * The objective value × reward − cost: an offer is worth its margin times the chance that it works, less what it costs to
 * make. Probabilities are counted among posterior draws.
 * @param settings.values  by action key, > 0; default 1
 * @param settings.costs   by action key, in the unit of value × reward; default 0
 * @returns the objective, for `createBandit`'s options
 * @throws ExperimentError `out_of_range` at ["values", action]; `not_finite` at ["costs", action]; `unknown_key` at any other
 *         setting. A key that is not an arm's is refused when the objective meets the arms: `unknown_action` at
 *         ["values" or "costs", action]
 */
export function net(settings: FieldsType<typeof netSettings> = {}): Objective {
  const { values = {}, costs = {} } = checkedSettings(settings, netSettings);
  return {
    name: "net",
    settings: { values, costs },
    meet(actions) {
      requireActions(values, actions, ["values"]);
      requireActions(costs, actions, ["costs"]);
    },
    of({ belief }, actions) {
      const scale = actions.map((key) => values[key] ?? 1);
      const cost = actions.map((key) => costs[key] ?? 0);
      const moments = momentsOf(belief);
      const shifted: Belief = {
        law: "joint",
        mean: scale.map((value, i) => value * moments.mean[i]! - cost[i]!),
        sd: scale.map((value, i) => value * moments.sd[i]!),
        draw(random, out) {
          drawBelief(belief, random, out);
          for (let i = 0; i < out.length; i++) out[i] = scale[i]! * out[i]! - cost[i]!;
        },
      };
      return {
        best: (eligible, seed) => drawnProbabilities(shifted, actions.length, eligible, seed),
        belief: shifted,
      };
    },
  };
}
