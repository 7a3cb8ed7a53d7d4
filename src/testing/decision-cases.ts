import {
  type BanditState,
  constraints,
  decide,
  objectives,
  type Parts,
  policies,
  probabilities,
  quickDecide,
  restoreBandit,
  rewardModels,
  update,
} from "../bandits/index.js";
import { randomSource } from "../random/index.js";
import { deepFreeze, ensureDrawn, ensureSame, ensureVector } from "./ensure.js";
import { type ModelTrial, trialContext, trialOutcomes } from "./model-trials.js";
import { reordered } from "./reordered.js";

/** Every part of essai. */
export const ownParts: Parts = { ...policies, ...rewardModels, ...constraints, ...objectives };

const now = new Date("2026-11-21T12:00:00Z");

/** Place of an action among a bandit's arms. */
export const placeOf = ({ setup }: BanditState, action: unknown): number =>
  setup.arms.findIndex((arm) => JSON.stringify(arm.action) === JSON.stringify(action));

/** @throws Error unless vectors are vectors, with nothing, something and much learned, whatever is eligible */
export function ensureVectors(start: BanditState, trial: ModelTrial): void {
  const context = trialContext(trial);
  for (const n of [0, 1, 150]) {
    const state = deepFreeze(update(deepFreeze(start), deepFreeze(trialOutcomes(trial, n, "learned"))));
    const told = `probabilities after ${n} rewards`;
    ensureVector(told, probabilities(state, context), 3);
    ensureVector(`${told}, b excluded`, probabilities(state, { ...context, eligible: ["a", "c"] }), 3, [1]);
    ensureVector(`${told}, b alone`, probabilities(state, { ...context, eligible: ["b"] }), 3, [0, 2]);
  }
}

/** @throws Error unless a state decides the same live and restored, and draws from the vector it records */
export function ensureDecisions(
  start: BanditState,
  trial: ModelTrial,
  parts: Parts,
  more: { readonly eligible?: readonly string[] } = {},
): void {
  const context = { ...trialContext(trial), ...more };
  const state = update(start, trialOutcomes(trial, 150, "learned"));
  const restored = restoreBandit(JSON.stringify(state), parts);
  const stored = restoreBandit(reordered(state, randomSource("keys")), parts);
  const vector = probabilities(state, context);
  const counts = vector.map(() => 0);
  for (let i = 0; i < 4000; i++) {
    const request = { unitId: `u${i}`, occasion: "1", now, ...context };
    const decision = decide(state, request);
    if (i < 30) {
      ensureSame("the decision of the restored state", decide(restored, request), decision);
      ensureSame("its decision where a store reorders keys", decide(stored, request), decision);
    }
    const chosen = placeOf(state, decision.action);
    counts[chosen] = (counts[chosen] ?? 0) + 1;
    ensureSame("the recorded propensity", decision.propensity, vector[chosen]);
  }
  ensureDrawn("decisions", counts, vector);
}

/** @throws Error unless quick decisions have the law of the vector */
export function ensureQuickDraws(state: BanditState, trial: ModelTrial): void {
  const context = trialContext(trial);
  const vector = probabilities(state, context);
  const counts = vector.map(() => 0);
  for (let i = 0; i < 8_000; i++) {
    const { action } = quickDecide(state, { unitId: `u${i}`, occasion: "q", now, ...context });
    const chosen = placeOf(state, action);
    counts[chosen] = (counts[chosen] ?? 0) + 1;
  }
  ensureDrawn("quick decisions", counts, vector);
}
