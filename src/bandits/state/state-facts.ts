import { once } from "../../core/once.js";
import type { Sampler } from "../posterior/laws/law.js";
import { contentHash } from "./content-hash.js";
import { requireBandit } from "./require-bandit.js";
import type { BanditState } from "./state.js";

function factsOf(state: BanditState) {
  requireBandit(state);
  return {
    hash: contentHash(state.setup, state.sums),
    vectors: new Map<string, readonly number[]>(),
    /** Of a model that reads no context, at sharpness 1; kept by whoever needs it first. */
    sampler: undefined as Sampler | undefined,
  };
}

/**
 * What follows from a state, worked out once: its content's hash, and vectors as they are asked for.
 * @throws ExperimentError `not_a_bandit` at ["state"]
 */
export const stateFacts = (state: BanditState) => once(state, factsOf);
