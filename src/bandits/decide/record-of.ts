import type { Decision } from "../../rounds/decision.js";
import { isoTime } from "../../rounds/iso-time.js";
import type { BanditState } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";
import type { DecisionRequest } from "./decision-request.js";

/** The id of an occasion's decision: no two occasions share one. */
export const decisionId = (experiment: string, unitId: string, occasion: string): string =>
  `${experiment}:${unitId.length}:${unitId}:${occasion}`;

/** A record that is still being written: setting what it lacks costs a tenth of spreading it into another. */
export type Draft<D> = { -readonly [K in keyof D]: D[K] };

/** The record that the arm of an index was chosen for an occasion, with how likely that was, where it is known. */
export function recordOf(
  state: BanditState,
  { unitId, occasion, now, context = null }: DecisionRequest,
  chosen: number,
): Draft<Omit<Decision, "propensity"> & Partial<Pick<Decision, "propensity">>> {
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
