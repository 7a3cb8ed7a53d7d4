import type { Json } from "../core/json.js";
import { murmur3 } from "../hash/murmur3.js";
import { DECISION, seedOf } from "../hash/seed.js";
import type { Posterior } from "./posterior.js";
import type { BanditState, Setup } from "./state.js";

// Setups and states are immutable, so what follows from them holds as long as they live.
const memory = new WeakMap<object, unknown>();

/** What follows from an immutable object, worked out once. */
export function once<K extends object, T>(key: K, make: (key: K) => T): T {
  if (!memory.has(key)) memory.set(key, make(key));
  return memory.get(key) as T;
}

/** What is derived from a setup once. */
export const knownSetup = (setup: Setup) =>
  once(setup, ({ salt, arms }) => ({
    seed: seedOf(salt, DECISION),
    text: JSON.stringify(setup),
    actions: arms.map(({ key }) => key),
    levels: arms.map(({ action }) => Object.values(action).join("\n")),
    shares: arms.map(({ share }) => share),
  }));

/** What is derived from a state once: its content's hash (16 hexadecimal digits), and vectors as they are asked for. */
export const knownState = (state: BanditState) =>
  once(state, ({ setup, sums }) => {
    const text = knownSetup(setup).text + JSON.stringify(sums);
    return {
      hash: [1, 2].map((seed) => murmur3(text, seed).toString(16).padStart(8, "0")).join(""),
      vectors: new Map<string, readonly number[]>(),
    };
  });

/** What is believed about the objective in a context. */
export function posteriorOf({ setup, sums }: BanditState, context: Json, sharpness: number): Posterior {
  const { model, objective } = setup;
  const posterior = model.posterior(sums, context, sharpness);
  return objective ? objective.of(posterior, knownSetup(setup).actions) : posterior;
}
