import {
  ExperimentError,
  errorOf,
  no_eligible_action,
  no_quick_draw,
  refuseType,
  stale_state,
  unknown_action,
} from "../../errors/index.js";
import type { Decision } from "../../rounds/decision.js";
import { isoTime } from "../../rounds/iso-time.js";
import { samplerOf } from "../posterior/beliefs.js";
import { posteriorOf } from "../posterior/posterior-of.js";
import { armOf } from "../state/arm-of.js";
import { checkEligible, mayPlay } from "../state/eligible-arms.js";
import { setupFacts } from "../state/setup-facts.js";
import type { BanditState } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";
import { checkRequest, type DecisionRequest, decisionId, probabilities } from "./decide.js";
import { unitStream } from "./unit-stream.js";

// Written anew by every call; allocating it would cost as much as filling it.
let scores = new Float64Array(0);

/** A decision whose propensity is still to be worked out; it records all that takes. */
export interface QuickDecision extends Omit<Decision, "propensity" | "probabilities"> {
  /** Keys of the eligible actions, if not all were. */
  readonly eligible?: readonly string[];
}

/**
 * Chooses by one posterior draw from the occasion's own stream, without the probability vector: for hot loops. The
 * action has the law of the vector, but is another one than `decide` would draw.
 * @param state    a bandit whose policy is a posterior draw (Thompson, sharpened) and that has no constraints
 * @param request  the occasion
 * @returns the decision without its propensity; see {@link withPropensity}
 * @throws ExperimentError `no_quick_draw` at ["policy"] or ["constraints"]; as `decide` for the request
 */
export function quickDecide(state: BanditState, request: DecisionRequest): QuickDecision {
  checkRequest(request);
  const { unitId, occasion, now, context = null, eligible } = request;
  const known = stateFacts(state);
  const { setup, rewards } = state;
  const { policy, model, arms, constraints, experiment, definitionVersion } = setup;
  if (!policy.sharpness) throw new ExperimentError({ no_quick_draw }, ["policy"], policy.name);
  if (constraints.length > 0) throw new ExperimentError({ no_quick_draw }, ["constraints"], constraints);
  const invalid = model.contextProblems?.(context, ["context"]) ?? [];
  if (invalid[0]) throw errorOf(invalid);
  const { seed, actions } = setupFacts(setup);
  checkEligible(eligible, actions);
  if (scores.length !== arms.length) scores = new Float64Array(arms.length);
  const random = unitStream(seed, unitId, occasion);
  const sharpness = policy.sharpness({ rewards, sharpest: model.sharpest?.() ?? {} }, random);
  const draw =
    model.contextKey || sharpness !== 1
      ? samplerOf(posteriorOf(state, context, sharpness).belief)
      : (known.sampler ??= samplerOf(posteriorOf(state, null, 1).belief));
  draw(random, scores);
  let best = -1;
  for (let i = 0; i < scores.length; i++) {
    if (!mayPlay(arms[i]!, eligible)) continue;
    if (best < 0 || scores[i]! > scores[best]!) best = i;
  }
  if (best < 0) throw new ExperimentError({ no_eligible_action }, ["eligible"], eligible);
  const decision: QuickDecision = {
    id: decisionId(experiment, unitId, occasion),
    experiment,
    definitionVersion,
    unitId,
    occasion,
    at: isoTime(now),
    action: arms[best]!.action,
    actions,
    context,
    policy: policy.name,
    stateHash: known.hash,
  };
  return eligible ? { ...decision, eligible } : decision;
}

/**
 * Completes a quick decision with the vector it was in effect drawn from.
 * @param state     the state it was made with
 * @param decision  from {@link quickDecide}
 * @returns the decision with propensity and probabilities
 * @throws ExperimentError `stale_state` at ["stateHash"] when it was made with another state; `unknown_action` at
 *         ["action"] when it is not an action that state could have chosen
 */
export function withPropensity(state: BanditState, decision: QuickDecision): Decision {
  const { hash } = stateFacts(state);
  if (Object(decision) !== decision) refuseType(decision, ["decision"], "object");
  const { eligible, ...rest } = decision;
  if (decision.stateHash !== hash)
    throw new ExperimentError({ stale_state }, ["stateHash"], decision.stateHash, { other: hash });
  const vector = probabilities(state, { context: decision.context, ...(eligible ? { eligible } : {}) });
  const chosen = vector[armOf(state.setup, decision.action)];
  if (!chosen)
    throw new ExperimentError({ unknown_action }, ["action"], decision.action, { known: decision.actions });
  return { ...rest, propensity: chosen, probabilities: vector };
}
