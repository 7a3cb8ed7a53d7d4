import { ExperimentError, errorOf, other_occasion, requireObject } from "../../errors/index.js";
import type { BypassedDecision } from "../../gates/gates.js";
import type { Decision } from "../../rounds/decision.js";
import { timeOf } from "../../rounds/time-of.js";
import { eligibleArms } from "../state/eligible-arms.js";
import { requireBandit } from "../state/require-bandit.js";
import type { BanditState } from "../state/state.js";
import { contextProblems, decide } from "./decide.js";
import {
  type AnyRequest,
  checkRequest,
  type DecidedBy,
  type DecisionRequest,
  type MaybeGates,
  type RequestOf,
} from "./decision-request.js";
import { decisionId } from "./record-of.js";

/** A request without what gates read and check. */
function ungated(request: AnyRequest): DecisionRequest {
  const { gates, attributes, overrides, decisions, ...plain } = request;
  return gates ? plain : request;
}

/**
 * The id that an occasion's decision has, before it is made: what a kept decision is looked up by.
 * @param state    the bandit
 * @param request  the occasion; the rest of a request is not read
 * @returns the id; it does not depend on what the bandit has learned
 * @throws ExperimentError `not_a_bandit` at ["state"]; `missing_value` or `wrong_type` at ["unitId"] or ["occasion"]
 */
export function decisionIdOf(
  state: BanditState,
  request: Pick<DecisionRequest, "unitId" | "occasion">,
): string {
  requireBandit(state);
  requireObject(request, ["request"]);
  checkRequest(ungated({ ...request, now: 0 }));
  return decisionId(state.setup.experiment, request.unitId, request.occasion);
}

/**
 * Decides an occasion once: a request that is retried gets its first decision, however far the bandit has moved on since.
 * `decide` alone repeats itself only as long as the state is the same.
 * @param state    the bandit
 * @param request  the occasion
 * @param earlier  the decision that was kept for it, looked up by {@link decisionIdOf}; null or undefined: there is not one
 * @returns `earlier` as it is, whatever may be chosen now; otherwise a new decision: keep it under its `id` before it is
 *          acted upon
 * @throws ExperimentError `other_occasion` at ["earlier", "id"] when it was kept for another occasion; otherwise as `decide`
 */
export function decideOnce<V extends string, P, G extends MaybeGates = undefined>(
  state: BanditState<V, P>,
  request: RequestOf<G>,
  earlier: Decision | BypassedDecision | null | undefined,
): DecidedBy<G, V, P> {
  const id = decisionIdOf(state, request);
  if (earlier === null || earlier === undefined) return decide(state, request);
  const { setup } = state;
  const invalid = contextProblems(setup, request.context ?? null);
  if (invalid.length > 0) throw errorOf(invalid);
  eligibleArms(setup.arms, request.eligible);
  timeOf(request.now, ["now"]);
  requireObject(earlier, ["earlier"]);
  const { id: kept } = earlier;
  if (kept !== id) throw new ExperimentError({ other_occasion }, ["earlier", "id"], kept, { other: id });
  return earlier as DecidedBy<G, V, P>;
}
