import type { Json } from "../../core/json.js";
import {
  ExperimentError,
  errorOf,
  needs_gates,
  no_eligible_action,
  type Problem,
  refuseType,
} from "../../errors/index.js";
import type { BypassedDecision } from "../../gates/gates.js";
import { occasionPoint } from "../../hash/seed.js";
import type { Decision } from "../../rounds/decision.js";
import { isoTime } from "../../rounds/iso-time.js";
import { posteriorOf } from "../posterior/posterior-of.js";
import { eligibleArms } from "../state/eligible-arms.js";
import { requireBandit } from "../state/require-bandit.js";
import { setupFacts } from "../state/setup-facts.js";
import type { BanditState, Setup } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";
import {
  type AnyRequest,
  checkRequest,
  type DecidedBy,
  type DecisionRequest,
  type MaybeGates,
  type RequestOf,
  requireKnown,
} from "./decision-request.js";
import { type Draft, decisionId, recordOf } from "./record-of.js";

/** Decisions carry probabilities of up to this many actions unless told otherwise. */
const MOST_CARRIED = 100;

/**
 * The probability with which each action would be chosen now.
 * @param state            the bandit
 * @param request.context  default null
 * @param request.eligible default: every live action
 * @returns one probability an arm, in the order of the arms, summing to 1; 0 for what is not eligible
 * @throws ExperimentError `not_a_bandit` at ["state"]; `unknown_key` at a key that a request does not have;
 *         `unknown_action` and `no_eligible_action` at ["eligible"]; `constraints_clash` at
 *         ["constraints"]; the model's problems with the context
 */
export function probabilities(
  state: BanditState,
  request: Pick<DecisionRequest, "context" | "eligible"> = {},
): readonly number[] {
  requireKnown(request);
  return vectorOf(state, request);
}

/** What model and objective cannot read of a context. */
export function contextProblems({ model, objective, arms }: Setup, context: Json): Problem[] {
  const found = model.contextProblems?.(context, ["context"]) ?? [];
  return objective?.contextProblems
    ? [...found, ...objective.contextProblems(context, ["context"], arms)]
    : found;
}

/** {@link probabilities} of a request whose keys are known. */
function vectorOf(
  state: BanditState,
  { context = null, eligible }: Pick<DecisionRequest, "context" | "eligible">,
): readonly number[] {
  const { hash, vectors } = stateFacts(state);
  const { setup, rewards } = state;
  const { policy, model, objective, constraints, arms, control } = setup;
  const cacheKey =
    eligible || model.contextKey || objective?.contextKey
      ? JSON.stringify([eligible, model.contextKey?.(context), objective?.contextKey?.(context)])
      : "";
  let vector = vectors.get(cacheKey);
  if (!vector) {
    const { actions, shares } = setupFacts(setup);
    const invalid = contextProblems(setup, context);
    if (invalid[0]) throw errorOf(invalid);
    const choice = eligibleArms(arms, eligible);
    if (!choice.length) throw new ExperimentError({ no_eligible_action }, ["eligible"], eligible);
    const view = {
      eligible: choice,
      actions,
      shares,
      rewards,
      sharpest: model.sharpest?.() ?? {},
      control: actions.indexOf(control),
      seed: hash,
    };
    const wished = policy.probabilities({
      ...view,
      posterior: (sharpness = 1) => posteriorOf(state, context, sharpness),
    });
    const chances = constraints[0]?.hold(wished, constraints, view) ?? wished;
    const all = actions.map(() => 0);
    for (const [place, i] of choice.entries()) all[i] = chances[place]!;
    vector = all;
    if (vectors.size > 999) vectors.clear();
    vectors.set(cacheKey, vector);
  }
  return vector;
}

/**
 * Asks the gates about an occasion.
 * @returns what the unit gets past the policy; undefined where the policy is to choose
 * @throws ExperimentError `needs_gates` at ["gates"] where the definition has parts that only gates obey, and there are none;
 *         `wrong_type` at ["gates"]; what the gates throw
 */
export function bypass(
  { experiment, definitionVersion, gates: needed }: Setup,
  request: AnyRequest,
): BypassedDecision | undefined {
  const { gates, unitId, occasion, now } = request;
  if (gates) {
    if (typeof gates.enter !== "function") refuseType(gates, ["gates"], "object");
    const id = decisionId(experiment, unitId, occasion);
    return gates.enter(request, { id, experiment, definitionVersion, at: isoTime(now) });
  }
  if (needed) throw new ExperimentError({ needs_gates }, ["gates"], needed.join());
  return undefined;
}

/**
 * Chooses an action for one occasion of a unit. Pure: the same state, unit, occasion and context give the same
 * decision on every machine, and a unit's occasions are independent. The action is drawn from the probability
 * vector by a hash of salt, unit and occasion, so the recorded propensity is the one it was chosen with.
 * @param state    the bandit
 * @param request  the occasion; `now` is only recorded, and read by a schedule; with `gates`, the unit passes them first
 * @returns the decision; of more than 100 actions with the probability of the chosen one only, unless asked for all. With
 *         gates also what the unit gets past the policy: its reason is not `decided`, and it is not learned from
 * @throws ExperimentError `not_a_bandit` at ["state"]; `unknown_key` at a key that a request does not have; `missing_value`
 *         or `wrong_type` at ["unitId"], ["occasion"], ["now"] or ["eligible"]; `unknown_action`,
 *         `no_eligible_action` at ["eligible"]; `constraints_clash` at ["constraints"] when no vector keeps all of them;
 *         `needs_gates` at ["gates"] when the definition has an audience, a coverage, a status … and no gates are given, and
 *         at ["attributes"], ["overrides"] or ["decisions"] without them; `needs_decision`, `other_definition`,
 *         `missing_now` and `invalid_argument` of the gates
 */
export function decide<V extends string, P, G extends MaybeGates = undefined>(
  state: BanditState<V, P>,
  request: RequestOf<G>,
): DecidedBy<G, V, P> {
  checkRequest(request);
  requireBandit(state);
  const past = bypass(state.setup, request);
  if (past) return past as DecidedBy<G, V, P>;
  const { unitId, occasion, eligible } = request;
  const probabilities = vectorOf(state, request);
  const { seed, actions } = setupFacts(state.setup);
  let rest = occasionPoint(seed, unitId, occasion);
  let chosen = 0;
  // Rounding may leave a remainder past the end: then the last action that can be chosen is.
  for (let i = 0; i < actions.length && rest >= 0; i++) {
    if (probabilities[i]) rest -= probabilities[(chosen = i)]!;
  }
  const decision: Draft<Decision> = Object.assign(recordOf(state, request, chosen), {
    propensity: probabilities[chosen]!,
  });
  if (request.vector ?? actions.length <= MOST_CARRIED) {
    decision.actions = actions;
    decision.probabilities = probabilities;
  } else if (eligible) decision.eligible = eligible;
  return decision as DecidedBy<G, V, P>;
}
