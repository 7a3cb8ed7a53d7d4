import type { Decided } from "../../core/assignment.js";
import type { Json } from "../../core/json.js";
import {
  ExperimentError,
  errorOf,
  needs_gates,
  no_eligible_action,
  type Problem,
  refuseType,
  requireArray,
} from "../../errors/index.js";
import type { BypassedDecision, Gates } from "../../gates/gates.js";
import { occasionPoint } from "../../hash/seed.js";
import type { Decision } from "../../rounds/decision.js";
import { isoTime } from "../../rounds/iso-time.js";
import { requireKeys } from "../../shapes/index.js";
import { posteriorOf } from "../posterior/posterior-of.js";
import { eligibleArms } from "../state/eligible-arms.js";
import { setupFacts } from "../state/setup-facts.js";
import type { BanditState, Setup } from "../state/state.js";
import { stateFacts } from "../state/state-facts.js";

/** The occasion for which an action is wanted. */
export interface DecisionRequest {
  readonly unitId: string;
  /** What tells this occasion from the unit's others: a visit, a send, a day. */
  readonly occasion: string;
  /** A `Date`, or milliseconds since 1970; only recorded. */
  readonly now: Date | number;
  /** What the reward model's beliefs depend on; default null. */
  readonly context?: Json;
  /** Keys of the actions that may be chosen now; default: every live one. */
  readonly eligible?: readonly string[];
  /** Whether the decision carries every action's probability; default: where there are at most 100 actions. */
  readonly vector?: boolean;
}

/** An occasion of an experiment that has gates. `P`: the payloads of its variants. */
export interface GatedRequest<V extends string = string, P = unknown> extends DecisionRequest {
  /** Who may enter: `gatesOf(definition, catalogue)` of `essai`. */
  readonly gates: Gates<V, P>;
  /** What the gates read of the unit. The policy reads `context`, and nothing of these. */
  readonly attributes?: object;
  /** Variant by experiment, for trying things: played with reason `override`, and never learned from. */
  readonly overrides?: { readonly [experiment: string]: string };
  /** Decisions of other experiments whose policies learn, where this one depends on them. */
  readonly decisions?: readonly Decided[];
}

/** Decisions carry probabilities of up to this many actions unless told otherwise. */
const MOST_CARRIED = 100;

/** The keys of a request; the values are checked where they are used. */
const requestKeys: Readonly<Record<keyof DecisionRequest, 1>> = {
  unitId: 1,
  occasion: 1,
  now: 1,
  context: 1,
  eligible: 1,
  vector: 1,
};

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
  return vectorOf(state, stateFacts(state), request);
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
  { hash, vectors }: ReturnType<typeof stateFacts>,
  { context = null, eligible }: Pick<DecisionRequest, "context" | "eligible">,
): readonly number[] {
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

/** Refuses keys that a request does not have, but with gates, which refuse them themselves. Comparing texts is ten times as fast as looking a key up. */
function requireKnown(request: Pick<DecisionRequest, "context" | "eligible">, gates?: object): void {
  if (Object(request) !== request) requireKeys(request, requestKeys);
  for (const key in request)
    if (
      key !== "unitId" &&
      key !== "occasion" &&
      key !== "now" &&
      key !== "context" &&
      key !== "eligible" &&
      key !== "vector" &&
      !gates
    )
      requireKeys(request, requestKeys);
  if (request.eligible !== undefined) requireArray(request.eligible, ["eligible"]);
}

/** Refuses a request without unit or occasion, or with anything that is not read; its time is for `isoTime`. */
export function checkRequest(request: DecisionRequest & Partial<GatedRequest>): void {
  requireKnown(request, request?.gates);
  const { unitId, occasion, vector } = request;
  if (!unitId || typeof unitId !== "string") refuseType(unitId, ["unitId"], "text");
  if (typeof occasion !== "string") refuseType(occasion, ["occasion"], "text");
  if (vector !== undefined && typeof vector !== "boolean") refuseType(vector, ["vector"], "flag");
}

/** The id of an occasion's decision: no two occasions share one. */
export const decisionId = (experiment: string, unitId: string, occasion: string): string =>
  `${experiment}:${unitId.length}:${unitId}:${occasion}`;

/**
 * Asks the gates about an occasion.
 * @returns what the unit gets past the policy; undefined where the policy is to choose
 * @throws ExperimentError `needs_gates` at ["gates"] where the definition has parts that only gates obey, and there are none;
 *         `wrong_type` at ["gates"]; what the gates throw
 */
export function bypass(
  { experiment, definitionVersion, gates: needed }: Setup,
  request: DecisionRequest & Partial<GatedRequest>,
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
export function decide<V extends string, P>(
  state: BanditState,
  request: GatedRequest<V, P>,
): Decision<V, P> | BypassedDecision<V, P>;
export function decide<V extends string, P>(
  state: BanditState<V, P>,
  request: DecisionRequest,
): Decision<V, P>;
export function decide(state: BanditState, request: DecisionRequest): Decision | BypassedDecision {
  checkRequest(request);
  const facts = stateFacts(state);
  const past = bypass(state.setup, request);
  if (past) return past;
  const { unitId, occasion, now, context = null, eligible } = request;
  const probabilities = vectorOf(state, facts, request);
  const { experiment, definitionVersion, policy, arms } = state.setup;
  const { seed, actions } = setupFacts(state.setup);
  let rest = occasionPoint(seed, unitId, occasion);
  let chosen = 0;
  // Rounding may leave a remainder past the end: then the last action that can be chosen is.
  for (let i = 0; i < arms.length && rest >= 0; i++) {
    if (probabilities[i]) rest -= probabilities[(chosen = i)]!;
  }
  const { key: variant, payload, action } = arms[chosen]!;
  const decision: Decision = {
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
    propensity: probabilities[chosen]!,
    actions,
    probabilities,
    context,
    policy: policy.name,
    stateHash: facts.hash,
  };
  if (request.vector ?? arms.length <= MOST_CARRIED) return decision;
  const { actions: _, probabilities: __, ...bare } = decision;
  return eligible ? { ...bare, eligible } : bare;
}
