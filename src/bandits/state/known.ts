import type { Json } from "../../core/json.js";
import { once } from "../../core/once.js";
import { absorb, finalize, murmur3 } from "../../hash/murmur3.js";
import { DECISION, seedOf } from "../../hash/seed.js";
import type { Sums } from "../models/reward-model.js";
import type { Sampler } from "../posterior/laws.js";
import type { Posterior } from "../posterior/posterior.js";
import type { BanditState, Setup } from "./state.js";

/** What is derived from a setup once. */
export const knownSetup = (setup: Setup) =>
  once(setup, ({ salt, arms }) => ({
    seed: seedOf(salt, DECISION),
    text: JSON.stringify(setup),
    hashes: [1, 2].map((seed) => murmur3(JSON.stringify(setup), seed)),
    actions: arms.map(({ key }) => key),
    shares: arms.map(({ share }) => share),
    byLevels: new Map(arms.map(({ action }, i) => [levelsOf(Object.keys(arms[0]!.action), action), i])),
  }));

/** An action's levels as one text, in the order of the factors; no two actions share one. */
function levelsOf(factors: readonly string[], action: unknown): string {
  const levels = Object(action) as Readonly<Record<string, unknown>>;
  let text = `${Object.keys(levels).length}`;
  for (const factor of factors) text += `,${String(levels[factor]).length}:${levels[factor]}`;
  return text;
}

/** Index of the arm that plays an action, given by its key or by its levels; −1 if none does. Stores reorder keys. */
export function armOf(setup: Setup, action: unknown): number {
  const { actions, byLevels } = knownSetup(setup);
  if (typeof action === "string") return actions.indexOf(action);
  return byLevels.get(levelsOf(Object.keys(setup.arms[0]!.action), action)) ?? -1;
}

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

/** A content's hash, 16 hexadecimal digits; reading the numbers' bits is ten times as fast as writing them as text. */
function contentHash(setup: Setup, sums: Sums): string {
  let [low, high] = knownSetup(setup).hashes as [number, number];
  for (const block of sums) {
    for (const value of block) {
      // Adding 0 makes −0 what JSON makes of it.
      number[0] = value + 0;
      high = absorb(high, (low = absorb(low, words[0]!)));
      high = absorb(high, (low = absorb(low, words[1]!)));
    }
  }
  return [low, high].map((half) => finalize(half).toString(16).padStart(8, "0")).join("");
}

/** What is derived from a state once: its content's hash (16 hexadecimal digits), and vectors as they are asked for. */
export const knownState = (state: BanditState) =>
  once(state, ({ setup, sums }) => ({
    hash: contentHash(setup, sums),
    vectors: new Map<string, readonly number[]>(),
    /** Of a model that reads no context, at sharpness 1; kept by whoever needs it first. */
    sampler: undefined as Sampler | undefined,
  }));

/** What is believed about the objective in a context. */
export function posteriorOf({ setup, sums }: BanditState, context: Json, sharpness: number): Posterior {
  const { model, objective } = setup;
  const posterior = model.posterior(sums, context, sharpness);
  return objective ? objective.of(posterior, knownSetup(setup).actions) : posterior;
}

let lastTime = 0;
let lastText = "1970-01-01T00:00:00.000Z";
/** A time as ISO 8601; many decisions of one batch share it, and writing it costs more than deciding. */
export function isoTime(date: Date): string {
  const time = date.getTime();
  if (time !== lastTime) {
    lastText = date.toISOString();
    lastTime = time;
  }
  return lastText;
}
