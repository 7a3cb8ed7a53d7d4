import {
  ExperimentError,
  errorOf,
  no_eligible_action,
  no_quick_draw,
  refuseType,
  stale_state,
  unknown_action,
} from "../../errors/index.js";
import type { BypassedDecision, Gates } from "../../gates/gates.js";
import type { Sfc32 } from "../../random/hot-loops/index.js";
import type { Decision } from "../../rounds/decision.js";
import { samplerOf } from "../posterior/beliefs.js";
import type { Sampler } from "../posterior/laws/law.js";
import type { Posterior } from "../posterior/posterior.js";
import { posteriorOf } from "../posterior/posterior-of.js";
import { armOf } from "../state/arm-of.js";
import { eligibleArms } from "../state/eligible-arms.js";
import { setupFacts } from "../state/setup-facts.js";
import type { BanditState } from "../state/state.js";
import { type Quick, stateFacts } from "../state/state-facts.js";
import { bypass, contextProblems, probabilities } from "./decide.js";
import { checkRequest, type MaybeGates, type RequestOf } from "./decision-request.js";
import { recordOf } from "./record-of.js";
import { unitStream } from "./unit-stream.js";

/** A decision whose propensity is still to be worked out; it records all that takes. */
export type QuickDecision<V extends string = string, P = unknown> = Omit<
  Decision<V, P>,
  "propensity" | "actions" | "probabilities"
>;

/** What comes of a quick decision: past gates also what they give. */
export type QuickDecidedBy<G extends MaybeGates, V extends string, P> =
  G extends Gates<infer W, infer Q> ? QuickDecision<W, Q> | BypassedDecision<W, Q> : QuickDecision<V, P>;

// Written anew by every call; allocating it would cost as much as filling it.
let scores = new Float64Array(0);

/** Place of the best of one draw of a belief; among ties, any. */
function bestOfDraw(sampler: Sampler, arms: number, eligible: readonly number[], random: Sfc32): number {
  if (scores.length !== arms) scores = new Float64Array(arms);
  sampler(random, scores);
  let [best, ties] = [0, 1];
  for (let j = 1; j < eligible.length; j++) {
    const [score, top] = [scores[eligible[j]!]!, scores[eligible[best]!]!];
    if (score > top) [best, ties] = [j, 1];
    else if (score === top && random.next() * ++ties < 1) best = j;
  }
  return best;
}

/** How a posterior draws one action; undefined where it cannot. */
function chooserOf({ quick, belief }: Posterior, arms: number): Quick | undefined {
  if (quick !== "belief") return quick;
  const sampler = samplerOf(belief);
  return (eligible, _seed, random) => bestOfDraw(sampler, arms, eligible, random);
}

/**
 * Chooses an action with the law of the probability vector, but without working it out: for hot loops. Where the vector is
 * exact, by one posterior draw from the occasion's own stream; where it is counted, by one draw of the fixed set that would
 * be counted, or any action alike, as often as the vector gives to all alike. It is another action than `decide` would draw.
 * @param state    a bandit whose policy is a posterior draw (Thompson, sharpened) and that has no constraints
 * @param request  the occasion
 * @returns the decision without its propensity; see {@link withPropensity}
 * @throws ExperimentError `no_quick_draw` at ["policy"], ["constraints"], ["model"] or ["objective"] where there is no such
 *         draw: effects over more than 2,000 combinations are climbed to, each draw from where others ended; as `decide` for
 *         the request and its gates
 */
export function quickDecide<V extends string, P, G extends MaybeGates = undefined>(
  state: BanditState<V, P>,
  request: RequestOf<G>,
): QuickDecidedBy<G, V, P> {
  checkRequest(request);
  const { unitId, occasion, context = null, eligible } = request;
  const facts = stateFacts(state);
  const { setup, rewards } = state;
  const past = bypass(setup, request);
  if (past) return past as QuickDecidedBy<G, V, P>;
  const { policy, model, objective, arms, constraints } = setup;
  if (!policy.sharpness) throw new ExperimentError({ no_quick_draw }, ["policy"], policy.name);
  if (constraints.length > 0) throw new ExperimentError({ no_quick_draw }, ["constraints"], constraints);
  const reads = model.contextKey || objective?.contextKey;
  const invalid = reads && contextProblems(setup, context);
  if (invalid?.[0]) throw errorOf(invalid);
  const choice = eligible ? eligibleArms(arms, eligible) : (facts.live ??= eligibleArms(arms));
  if (!choice.length) throw new ExperimentError({ no_eligible_action }, ["eligible"], eligible);
  const random = unitStream(setupFacts(setup).seed, unitId, occasion);
  const sharpness = policy.sharpness({ rewards, sharpest: model.sharpest?.() ?? {} }, random);
  let quick = reads ? undefined : facts.choosers.get(sharpness);
  if (!quick) {
    quick = chooserOf(posteriorOf(state, context, sharpness), arms.length);
    if (quick && !reads) facts.choosers.set(sharpness, quick);
  }
  const place = quick?.(choice, facts.hash, random);
  if (place === undefined)
    throw new ExperimentError(
      { no_quick_draw },
      [objective ? "objective" : "model"],
      (objective ?? model).name,
    );
  const decision = recordOf(state, request, choice[place]!);
  if (eligible) decision.eligible = eligible;
  return decision as QuickDecidedBy<G, V, P>;
}

/**
 * Completes a decision that carries no probabilities, from the state that it was made with.
 * @param state     the state it was made with
 * @param decision  from {@link quickDecide}, or from `decide` without the vector
 * @returns the decision with propensity and probabilities; of an action that was kept, not drawn (propensity 1), all others
 *          have 0
 * @throws ExperimentError `stale_state` at ["stateHash"] when it was made with another state; `unknown_action` at
 *         ["action"] when it is not an action that state could have chosen
 */
export function withPropensity<V extends string, P>(
  state: BanditState,
  decision: QuickDecision<V, P> | Decision<V, P>,
): Decision<V, P> {
  const { hash } = stateFacts(state);
  if (Object(decision) !== decision) refuseType(decision, ["decision"], "object");
  const { eligible, ...rest } = decision;
  if (decision.stateHash !== hash)
    throw new ExperimentError({ stale_state }, ["stateHash"], decision.stateHash, { other: hash });
  const { actions } = setupFacts(state.setup);
  const at = armOf(state.setup, decision.action);
  const kept = "propensity" in decision && decision.propensity === 1;
  const vector = kept
    ? actions.map((_, i) => (i === at ? 1 : 0))
    : probabilities(state, { context: decision.context, ...(eligible ? { eligible } : {}) });
  const propensity = vector[at];
  if (!propensity)
    throw new ExperimentError({ unknown_action }, ["action"], decision.action, { known: actions });
  return { ...rest, propensity, actions, probabilities: vector };
}
