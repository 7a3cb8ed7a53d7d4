import { once } from "../../core/once.js";
import type { Sampler } from "../posterior/laws/law.js";
import { contentHash } from "./content-hash.js";
import type { BanditState } from "./state.js";

/** What follows from a state, worked out once: its content's hash, and vectors as they are asked for. */
export const stateFacts = (state: BanditState) =>
  once(state, ({ setup, sums }) => ({
    hash: contentHash(setup, sums),
    vectors: new Map<string, readonly number[]>(),
    /** Of a model that reads no context, at sharpness 1; kept by whoever needs it first. */
    sampler: undefined as Sampler | undefined,
  }));
