import { ExperimentError, not_finite, out_of_range } from "../../errors/index.js";
import { drawBelief, momentsOf } from "../posterior/beliefs.js";
import { drawnProbabilities } from "../posterior/drawn-probabilities.js";
import type { Belief } from "../posterior/posterior.js";
import type { Objective } from "./objective.js";

/**
 * The objective value × reward − cost: an offer is worth its margin times the chance that it works, less what it costs to
 * make. Probabilities are counted among posterior draws.
 * @param settings.values  by action key, > 0; default 1
 * @param settings.costs   by action key, in the unit of value × reward; default 0
 * @returns the objective, for `createBandit`'s options
 * @throws ExperimentError `out_of_range` at ["values", action]; `not_finite` at ["costs", action]
 */
export function net({
  values = {},
  costs = {},
}: {
  readonly values?: Readonly<Record<string, number>>;
  readonly costs?: Readonly<Record<string, number>>;
} = {}): Objective {
  for (const [key, value] of Object.entries(values))
    if (!(value > 0 && value < 1 / 0)) throw new ExperimentError({ out_of_range }, ["values", key], value);
  for (const [key, cost] of Object.entries(costs))
    if (!Number.isFinite(cost)) throw new ExperimentError({ not_finite }, ["costs", key], cost);
  return {
    name: "net",
    settings: { values, costs },
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
