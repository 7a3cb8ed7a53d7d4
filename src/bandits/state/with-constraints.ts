import type { Constraint } from "../constraints/constraint.js";
import { meetArms } from "./meet-arms.js";
import { requireBandit } from "./require-bandit.js";
import type { BanditState } from "./state.js";

/**
 * The bandit under other constraints: caps that follow a budget, a floor that ends with the pilot. The new constraints
 * are part of the state's hash, so decisions record which held.
 * @param state        the bandit
 * @param constraints  all hold at once, in whatever order
 * @returns the new state
 * @throws ExperimentError `not_a_part` at ["constraints", i]; what a constraint refuses of the arms, e.g. `unknown_action`
 *         at ["constraints", i, "shares", action]
 */
export function withConstraints<V extends string, P>(
  state: BanditState<V, P>,
  constraints: readonly Constraint[],
): BanditState<V, P> {
  requireBandit(state);
  const setup = { ...state.setup, constraints };
  meetArms(setup);
  return { ...state, setup };
}
