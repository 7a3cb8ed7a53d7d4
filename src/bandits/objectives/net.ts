import type { Json } from "../../core/json.js";
import { type Fields, type FieldsType, isPlainObject, shapeProblems } from "../../shapes/index.js";
import { checkedSettings } from "../checked-settings.js";
import { drawBelief, momentsOf, samplerOf } from "../posterior/beliefs.js";
import { counted } from "../posterior/drawn-probabilities.js";
import type { Sampler } from "../posterior/laws/law.js";
import type { Belief } from "../posterior/posterior.js";
import { orNull } from "../setting-shapes.js";
import { type Economics, economicsFields, requireNames, strangeNames, termsOf } from "./economics.js";
import type { Objective } from "./objective.js";

/** Settings of `net`. */
export const netSettings = {
  ...economicsFields,
  customer: orNull({ kind: "text" }),
} as const satisfies Fields;

/**
 * The objective value × reward − cost: an offer is worth its margin times the chance that it works, less what it costs to
 * make. Probabilities are counted among posterior draws.
 * @param settings.values    what a reward is worth, by action key, > 0; default 1
 * @param settings.costs     what playing an action costs, by action key, in the unit of value × reward; default 0
 * @param settings.levels    what the levels of factors cost, added to it: `{ channel: { letter: 0.9 } }`; default 0
 * @param settings.customer  the field of the context that holds one customer's own values, costs and levels, in the same
 *                           form; they go before those of the settings, which hold where the customer has none. Default
 *                           null: all customers are alike
 * @returns the objective, for `createBandit`'s options
 * @throws ExperimentError `out_of_range` at ["values", action]; `not_finite` at ["costs", action] or ["levels", factor,
 *         level]; `unknown_key` at any other setting. What is not an arm's is refused when the objective meets the arms, or
 *         at ["context", …] when a customer has it: `unknown_action` at ["values" or "costs", action], `unknown_name` at
 *         ["levels", factor] and ["levels", factor, level]
 */
export function net(settings: FieldsType<typeof netSettings> = {}): Objective {
  const { values = {}, costs = {}, levels = {}, customer = null } = checkedSettings(settings, netSettings);
  const all: Economics = { values, costs, levels };
  const ownOf = (context: Json): unknown =>
    customer !== null && isPlainObject(context) ? context[customer] : undefined;
  return {
    name: "net",
    settings: { values, costs, levels, customer },
    meet: (_, arms) => requireNames(all, arms),
    ...(customer !== null && {
      contextKey: (context) => JSON.stringify(ownOf(context)) ?? "",
      contextProblems(context, path, arms) {
        const own = ownOf(context);
        if (own === undefined) return [];
        const place = [...path, customer];
        const problems = shapeProblems(own, { kind: "object", has: economicsFields }, place);
        return problems.length > 0 ? problems : strangeNames(own as Economics, arms, place);
      },
    }),
    of({ belief }, arms, context) {
      const { value, cost } = termsOf(arms, all, (ownOf(context) ?? {}) as Economics);
      const shifted: Belief = {
        law: "joint",
        get mean() {
          const { mean } = momentsOf(belief);
          return value.map((each, i) => each * mean[i]! - cost[i]!);
        },
        get sd() {
          const { sd } = momentsOf(belief);
          return value.map((each, i) => each * sd[i]!);
        },
        draw(random, out) {
          drawBelief(belief, random, out);
          for (let i = 0; i < out.length; i++) out[i] = value[i]! * out[i]! - cost[i]!;
        },
      };
      const rewards = new Float64Array(arms.length);
      let draw: Sampler | undefined;
      return {
        ...counted((random, eligible) => {
          draw ??= samplerOf(belief);
          draw(random, rewards);
          let [best, highest] = [0, -1 / 0];
          for (let j = 0; j < eligible.length; j++) {
            const i = eligible[j]!;
            const worth = value[i]! * rewards[i]! - cost[i]!;
            if (worth > highest) [best, highest] = [j, worth];
          }
          return best;
        }),
        belief: shifted,
      };
    },
  };
}
