import type { Decision } from "../../rounds/decision.js";
import { isoTime } from "../../rounds/iso-time.js";
import type { BanditState } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";
import type { DecisionRequest } from "./decision-request.js";

/** The id of an occasion's decision: no two occasions share one. */
export const decisionId = (experiment: string, unitId: string, occasion: string): string =>
  `${experiment}:${unitId.length}:${unitId}:${occasion}`;

/** The record that the arm of an index was chosen for an occasion, but for how likely that was. */
export function recordOf(
  state: BanditState,
  { unitId, occasion, now, context = null }: DecisionRequest,
  chosen: number,
): Omit<Decision, "propensity" | "actions" | "probabilities"> {
  const { experiment, definitionVersion, policy, arms } = state.setup;
  const { key: variant, payload, action } = arms[chosen]!;
  return {
    id: decisionId(experiment, unitId, occasion),
    experiment,
    definitionVersion,
    unitId,
    occasion,
    at: isoTime(now),
    variant,
    payload,
    reason: "decided",
    action,
    context,
    policy: policy.name,
    stateHash: stateFacts(state).hash,
  };
}
