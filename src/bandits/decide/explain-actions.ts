import { momentsOf } from "../posterior/beliefs.js";
import { posteriorOf } from "../posterior/posterior-of.js";
import { eligibleArms } from "../state/eligible-arms.js";
import type { BanditState } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";
import { probabilities } from "./decide.js";
import type { DecisionRequest } from "./decision-request.js";

/** Why an action is played as often as it is. */
export interface ExplainedAction {
  /** Key of the arm. */
  readonly arm: string;
  /** Probability with which it is played. */
  readonly probability: number;
  /** Posterior probability that it is the best of those that may be played. */
  readonly best: number;
  /** Posterior mean and standard deviation of what it earns, in the objective's unit. */
  readonly mean: number;
  readonly sd: number;
  /** What each factor, interaction and segment adds, in the link's unit (log-odds, or reward), if the model has terms. */
  readonly contributions?: Readonly<Record<string, number>>;
}

/**
 * Explains a decision's vector; worked out only when asked, and nothing of it is kept.
 * @param state    the bandit
 * @param request  context and eligible actions as in the decision
 * @returns the actions that may be played, the likeliest best first and the runner-up second
 * @throws ExperimentError as `decide` for context and eligible actions
 */
export function explainActions(
  state: BanditState,
  request: Pick<DecisionRequest, "context" | "eligible"> = {},
): ExplainedAction[] {
  const vector = probabilities(state, request);
  const { context = null, eligible } = request;
  const { arms, model } = state.setup;
  const choice = eligibleArms(arms, eligible);
  const posterior = posteriorOf(state, context, 1);
  const best = posterior.best(choice, stateFacts(state).hash);
  const { mean, sd } = momentsOf(posterior.belief);
  const terms = model.contributions?.(state.sums, context);
  return choice
    .map(
      (i, j): ExplainedAction => ({
        arm: arms[i]!.key,
        probability: vector[i]!,
        best: best[j]!,
        mean: mean[i]!,
        sd: sd[i]!,
        ...(terms ? { contributions: terms[i]! } : {}),
      }),
    )
    .sort((a, b) => b.best - a.best);
}
