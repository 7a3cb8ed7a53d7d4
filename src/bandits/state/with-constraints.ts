import type { Constraint } from "../constraints/constraint.js";
import type { BanditState } from "./state.js";

/**
 * The bandit under other constraints: caps that follow a budget, a floor that ends with the pilot. The new constraints
 * are part of the state's hash, so decisions record which held.
 * @param state        the bandit
 * @param constraints  in the order they are applied
 * @returns the new state
 */
export const withConstraints = (state: BanditState, constraints: readonly Constraint[]): BanditState => ({
  ...state,
  setup: { ...state.setup, constraints },
});
