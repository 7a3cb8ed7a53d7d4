import { describe, expect, test } from "vitest";
import { createBandit, policies, quickDecide, update } from "../../src/bandits/index.js";
import { randomSource } from "../../src/random/index.js";
import { definitionOf } from "./definition.js";

const now = new Date("2026-11-21T12:00:00Z");
const ROUNDS = 10_000;
const SEEDS = 10;
// Instance A of the reference set: nine arms at .10, the best at .12.
const rates = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.12];

/** Regret of a run, decided and learned one by one. */
function regretOf(policy: "thompson" | "sharpened", seed: number): number {
  const chance = randomSource(`regret ${seed}`);
  let bandit = createBandit(definitionOf(10, policy), policies, {
    settings: policy === "sharpened" ? { horizon: ROUNDS } : {},
  });
  let regret = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { variant, action } = quickDecide(bandit, { unitId: `u${round}`, occasion: `s${seed}`, now });
    const rate = rates[variant.charCodeAt(0) - 97]!;
    regret += 0.12 - rate;
    bandit = update(bandit, [{ action, reward: chance.next() < rate ? 1 : 0 }]);
  }
  return regret;
}

function runs(policy: "thompson" | "sharpened") {
  const regrets = Array.from({ length: SEEDS }, (_, seed) => regretOf(policy, seed));
  const mean = regrets.reduce((sum, regret) => sum + regret, 0) / SEEDS;
  const variance = regrets.reduce((sum, regret) => sum + (regret - mean) ** 2, 0) / (SEEDS - 1);
  return { mean, error: Math.sqrt(variance / SEEDS) };
}

describe("regret, a seeded slice (docs/learning.md has the full figures)", () => {
  test("Thompson is within 3 standard errors of the reference's 134.0, far from uniform's 180", () => {
    const { mean, error } = runs("thompson");
    expect(mean - 133.98).toBeLessThan(3 * error);
    expect(mean).toBeLessThan(160);
  });

  test("sharpened stays within 3 standard errors of 116", () => {
    const { mean, error } = runs("sharpened");
    expect(mean - 116).toBeLessThan(3 * error);
  });
});
