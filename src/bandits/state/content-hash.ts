import { absorb, finalize } from "../../hash/murmur3.js";
import type { Sums } from "../models/reward-model.js";
import { setupFacts } from "./setup-facts.js";
import type { Setup } from "./state.js";

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

/** A content's hash, 16 hexadecimal digits; reading the numbers' bits is ten times as fast as writing them as text. */
export function contentHash(setup: Setup, sums: Sums): string {
  let [low, high]: readonly [number, number] = setupFacts(setup).hashes;
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
