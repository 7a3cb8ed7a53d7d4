import type { BypassedDecision } from "../../gates/gates.js";
import type { Decision } from "../../rounds/decision.js";
import { eligibleArms } from "../state/eligible-arms.js";
import { setupFacts } from "../state/setup-facts.js";
import type { BanditState } from "../state/state.js";
import { decide } from "./decide.js";
import type { DecidedBy, DecisionRequest, MaybeGates, RequestOf } from "./decision-request.js";

/** Index of an action where it may be chosen, also under the constraints; otherwise −1. */
function playable(
  { setup, rewards }: BanditState,
  key: string | null,
  keys: DecisionRequest["eligible"],
): number {
  const { arms, constraints, control } = setup;
  const { actions } = setupFacts(setup);
  const at = actions.indexOf(key ?? "");
  const eligible = eligibleArms(arms, keys);
  const place = eligible.indexOf(at);
  const limits = { eligible, actions, control: actions.indexOf(control), rewards };
  const closed = constraints.some((each) => each.bounds(limits).most?.[place] === 0);
  return place < 0 || closed ? -1 : at;
}

/**
 * Decides, but keeps a unit where it was: its earlier action again as long as that may be chosen, a fresh decision
 * otherwise. A kept action was not drawn, so its propensity is recorded as 1 and its outcome says nothing new about
 * how the policy chooses.
 * @param state    the bandit
 * @param request  the occasion
 * @param earlier  key of the action the unit had; null if it had none. An action capped at 0 is not kept; other constraints
 *                 are about what is drawn, and a kept action is not
 * @returns the decision
 * @throws ExperimentError as `decide`
 */
export function decideKeeping<V extends string, P, G extends MaybeGates = undefined>(
  state: BanditState<V, P>,
  request: RequestOf<G>,
  earlier: string | null,
): DecidedBy<G, V, P> {
  const given = decide(state, request);
  const decision: Decision | BypassedDecision = given;
  if (decision.reason !== "decided") return given;
  const at = playable(state, earlier, request.eligible);
  if (at < 0) return given;
  const { arms } = state.setup;
  const { key: variant, payload, action } = arms[at]!;
  return {
    ...decision,
    variant,
    payload,
    reason: "sticky",
    action,
    propensity: 1,
    ...(decision.probabilities && { probabilities: arms.map((_, i) => (i === at ? 1 : 0)) }),
  } as DecidedBy<G, V, P>;
}
