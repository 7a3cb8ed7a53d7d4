import { canonicalJson } from "../../core/canonical-json.js";
import { once } from "../../core/once.js";
import { murmur3 } from "../../hash/murmur3.js";
import { DECISION, seedOf } from "../../hash/seed.js";
import type { Setup } from "./state.js";

function factsOf(setup: Setup) {
  const { salt, arms, constraints } = setup;
  const text = canonicalJson({
    ...setup,
    // Neither who may enter nor what is shown is part of what a bandit is.
    gates: undefined,
    arms: arms.map((arm) => ({ ...arm, payload: undefined })),
    // Constraints hold at once: nor is their order.
    constraints: constraints.map(canonicalJson).sort(),
  });
  return {
    seed: seedOf(salt, DECISION),
    text,
    hashes: [murmur3(text, 1), murmur3(text, 2)] as const,
    actions: arms.map(({ key }) => key),
    shares: arms.map(({ share }) => share),
  };
}

/** What follows from a setup, worked out once. */
export const setupFacts = (setup: Setup) => once(setup, factsOf);
