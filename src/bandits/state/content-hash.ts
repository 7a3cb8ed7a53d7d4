import { absorb, finalize } from "../../hash/murmur3.js";
import type { Sums } from "../models/reward-model.js";
import { setupFacts } from "./setup-facts.js";
import type { BanditState } from "./state.js";

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

/**
 * The hash of everything a decision depends on, 16 hexadecimal digits: what the bandit is, how many rewards it learned, and
 * its sums. Reading the numbers' bits is ten times as fast as writing them as text.
 */
export const contentHash = ({ setup, rewards, sums }: BanditState): string =>
  hashOfSums(rewards, sums, setupFacts(setup).hashes);

/** The hash of what was learned, begun with two others. */
export function hashOfSums(
  rewards: number,
  sums: Sums,
  [first, second]: readonly [number, number] = [1, 2],
): string {
  let [low, high] = [first, second];
  const add = (value: number) => {
    // Adding 0 makes −0 what JSON makes of it.
    number[0] = value + 0;
    for (const word of words) high = absorb(high, (low = absorb(low, word)));
  };
  add(rewards);
  for (const block of sums) {
    // Of some models blocks vary in length: the same numbers may be cut in several ways.
    add(block.length);
    block.forEach(add);
  }
  return [low, high].map((half) => finalize(half).toString(16).padStart(8, "0")).join("");
}
