import { describe, expect, it } from "vitest";
import { banditRun } from "../../../src/analysis/index.js";
import { createBandit, decide, thompson, update } from "../../../src/bandits/index.js";
import { defineExperiment } from "../../../src/index.js";
import { adaptiveInference } from "../../../src/ope/index.js";
import { randomSource } from "../../../src/random/index.js";
import type { BanditRound } from "../../../src/rounds/index.js";

const experiment = defineExperiment({
  ...{ key: "offers", unit: "userId", control: "b", policy: "thompson" },
  variants: { a: null, b: null, c: null },
});
const rates = { a: 0.3, b: 0.1, c: 0.12 };

/** 2,000 decisions of a bandit that learns after every 100. */
function played(): BanditRound[] {
  const random = randomSource("effects");
  let bandit = createBandit(experiment, { thompson });
  const log: BanditRound[] = [];
  for (let batch = 0; batch < 20; batch++) {
    const rounds = Array.from({ length: 100 }, (_, i): BanditRound => {
      const now = new Date(Date.UTC(2026, 2, 1 + batch, 0, i));
      const decision = decide(bandit, { unitId: `u${batch}-${i}`, occasion: "1", now });
      return { decision, reward: random.next() < rates[decision.variant] ? 1 : 0 };
    });
    log.push(...rounds);
    bandit = update(
      bandit,
      rounds.map(({ decision, reward }) => ({ ...decision, reward: reward ?? 0 })) as never,
    );
  }
  return log;
}
const log = played();

describe("what arms of a run earn more than control", () => {
  it("is what adaptiveInference says of the same log", () => {
    const run = banditRun({ experiment, log });
    const { contrasts, readableShare } = adaptiveInference({ log, control: "b", actions: ["a", "b", "c"] });
    const found = Object.fromEntries(run.effects.map((each) => [each.arm, each]));
    expect(Object.keys(found).sort()).toEqual(["a", "c"]);
    for (const { arm, fixed, anytime } of contrasts) {
      expect(found[arm]?.fixed).toEqual(fixed);
      expect(found[arm]?.anytime).toEqual(anytime);
    }
    expect(run.readableShare).toBe(readableShare);
  });

  it("is not said of a log whose actions were not served as recorded", () => {
    const lied = log.map(({ decision, reward }) => {
      const probabilities = [0.2, 0.4, 0.4];
      const propensity = probabilities[decision.actions!.indexOf(decision.variant!)]!;
      return { decision: { ...decision, probabilities, propensity }, reward };
    });
    for (const { fixed, anytime } of banditRun({ experiment, log: lied }).effects)
      expect([fixed.status, anytime.status]).toEqual(["adaptive", "adaptive"]);
  });

  it("compares the most played arms where there are very many", () => {
    const variants = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`v${i}`, null]));
    const many = defineExperiment({
      ...{ key: "many", unit: "id", control: "v0", policy: "thompson" },
      variants,
    });
    const bandit = createBandit(many, { thompson });
    const rounds = Array.from({ length: 300 }, (_, i): BanditRound => {
      const now = new Date(Date.UTC(2026, 2, 1, 0, i));
      return { decision: decide(bandit, { unitId: `u${i}`, occasion: "1", now }) as never, reward: i % 2 };
    });
    expect(banditRun({ experiment: many, log: rounds }).effects).toHaveLength(23);
  });
});
