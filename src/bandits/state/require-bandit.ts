import { ExperimentError, not_a_bandit } from "../../errors/index.js";
import type { BanditState } from "./state.js";

/**
 * Refuses what no `createBandit` or `restoreBandit` made, such as a state's JSON that was only parsed.
 * @param state  what the caller passed
 * @param name   what the caller's function calls it
 * @throws ExperimentError `not_a_bandit` at [name]
 */
export function requireBandit(state: BanditState, name = "state"): void {
  if (typeof state?.setup?.model?.posterior !== "function")
    throw new ExperimentError({ not_a_bandit }, [name], state);
}
