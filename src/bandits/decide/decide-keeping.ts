import { ExperimentError } from "../../errors/index.js";
import type { Decision } from "../../rounds/decision.js";
import { mayPlay } from "../state/eligible-arms.js";
import { requireBandit } from "../state/require-bandit.js";
import type { BanditState } from "../state/state.js";
import { checkRequest, type DecisionRequest, decide } from "./decide.js";

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
  checkRequest(request);
  requireBandit(state);
  if (
    earlier === null ||
    !state.setup.arms.some((arm) => arm.key === earlier && mayPlay(arm, request.eligible))
  )
    return decide(state, request);
  let decision: Decision;
  try {
    decision = decide(state, { ...request, eligible: [earlier] });
  } catch (error) {
    // Capped at nothing, it may not be chosen any more.
    if (error instanceof ExperimentError && error.code === "no_eligible_action")
      return decide(state, request);
    throw error;
  }
  const at = decision.actions.indexOf(earlier);
  // Constraints may not split what only one action is eligible for.
  return { ...decision, propensity: 1, probabilities: decision.actions.map((_, i) => (i === at ? 1 : 0)) };
}
