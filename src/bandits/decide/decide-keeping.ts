import type { Decision } from "../../rounds/decision.js";
import type { BanditState } from "../state/state.js";
import { type DecisionRequest, decide } from "./decide.js";

/**
 * Decides, but keeps a unit where it was: its earlier action again as long as that may be chosen, a fresh decision
 * otherwise. A kept action was not drawn, so its propensity is recorded as 1 and its outcome says nothing new about
 * how the policy chooses.
 * @param state    the bandit
 * @param request  the occasion
 * @param earlier  key of the action the unit had; null if it had none
 * @returns the decision
 * @throws ExperimentError as `decide`
 */
export function decideKeeping(
  state: BanditState,
  request: DecisionRequest,
  earlier: string | null,
): Decision {
  const kept = state.setup.arms.some(({ key, status }) => key === earlier && status === "live");
  const allowed = kept && request.eligible?.includes(earlier as string) !== false;
  if (!allowed) return decide(state, request);
  let decision: Decision;
  try {
    decision = decide(state, { ...request, eligible: [earlier as string] });
  } catch {
    // Capped at nothing, it may not be chosen any more; a bad request fails again.
    return decide(state, request);
  }
  const at = decision.actions.indexOf(earlier as string);
  // Constraints may not split what only one action is eligible for.
  return { ...decision, propensity: 1, probabilities: decision.actions.map((_, i) => (i === at ? 1 : 0)) };
}
