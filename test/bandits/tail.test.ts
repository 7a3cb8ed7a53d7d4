import { describe, expect, test } from "vitest";
import { createBandit, policies, quickDecide, type sharpened, update } from "../../src/bandits/index.js";
import { randomSource } from "../../src/random/index.js";
import { definitionOf } from "./definition.js";

const now = new Date("2026-11-21T12:00:00Z");
const ROUNDS = 3000;
const SEEDS = 60;
const BATCH = 10;
// Where a sharp posterior locks: good arms, a clear best, which one bad start can hide.
const rates = [0.4, 0.4, 0.4, 0.4, 0.5];

/** The 90th percentile of regret over seeds. */
function tailOf(policy: "thompson" | "sharpened", settings: Parameters<typeof sharpened>[0] = {}): number {
  const regrets = Array.from({ length: SEEDS }, (_, seed) => {
    const chance = randomSource(`tail ${seed}`);
    let bandit = createBandit(definitionOf(5, policy), policies, { settings });
    let regret = 0;
    for (let round = 0; round < ROUNDS; round += BATCH) {
      const outcomes = Array.from({ length: BATCH }, (_, i) => {
        const { variant, action } = quickDecide(bandit, {
          unitId: `u${round + i}`,
          occasion: `${seed}`,
          now,
        });
        const rate = rates["abcde".indexOf(variant)]!;
        regret += 0.5 - rate;
        return { action, reward: chance.next() < rate ? 1 : 0 };
      });
      bandit = update(bandit, outcomes);
    }
    return regret;
  });
  return regrets.sort((a, b) => a - b)[Math.ceil(0.9 * SEEDS) - 1]!;
}

describe("the bad tail of sharpened Thompson (docs/learning.md has the reference instances)", () => {
  test("is capped by starting honestly; a sharp posterior from the first reward on is not", () => {
    const cap = 1.15 * tailOf("thompson");
    expect(tailOf("sharpened", { horizon: ROUNDS })).toBeLessThan(cap);
    expect(tailOf("sharpened", { horizon: ROUNDS, start: 16, most: 16 })).toBeGreaterThan(cap);
  });
});
