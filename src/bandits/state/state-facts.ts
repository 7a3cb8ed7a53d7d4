import { once } from "../../core/once.js";
import type { Posterior } from "../posterior/posterior.js";
import { contentHash } from "./content-hash.js";
import { requireBandit } from "./require-bandit.js";
import type { BanditState } from "./state.js";

/** How a posterior draws one action. */
export type Quick = Exclude<NonNullable<Posterior["quick"]>, string>;

function factsOf(state: BanditState) {
  requireBandit(state);
  return {
    hash: contentHash(state),
    vectors: new Map<string, readonly number[]>(),
    /** Of quick decisions that read no context: how an action is drawn, by sharpness, and from which. */
    choosers: new Map<number, Quick>(),
    live: undefined as readonly number[] | undefined,
  };
}

/**
 * What follows from a state, worked out once: its content's hash, and vectors as they are asked for.
 * @throws ExperimentError `not_a_bandit` at ["state"]
 */
export const stateFacts = (state: BanditState) => once(state, factsOf);
