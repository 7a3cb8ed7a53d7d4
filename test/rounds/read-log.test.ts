import { defineExperiment } from "essai";
import { createBandit, decide, thompson } from "essai/bandits";
import { parseBanditRounds } from "essai/schema";
import { describe, expect, it } from "vitest";
import { type BanditRound, readLog } from "../../src/rounds/index.js";

const campaign = defineExperiment({
  key: "campaign",
  unit: "userId",
  factors: { hero: ["story", "offer"], cta: ["buy", "try"] },
  policy: "thompson",
});
const bandit = createBandit(campaign, { thompson });
const rounds = Array.from(
  { length: 40 },
  (_, i): BanditRound => ({
    decision: decide(bandit, { unitId: `u${i}`, occasion: "1", now: new Date(i * 60_000) }),
    reward: i % 2,
  }),
);

describe("reading a log of decisions", () => {
  it("finds the arm of an action whatever the order in which a store wrote its levels", () => {
    const reordered = rounds.map(({ decision, reward }) => ({
      reward,
      decision: { ...decision, action: Object.fromEntries(Object.entries(decision.action).reverse()) },
    }));
    expect(readLog(reordered, campaign)).toEqual(readLog(rounds, campaign));
    expect(new Set(readLog(rounds, campaign).rows.map(({ arm }) => arm)).size).toBe(4);
  });

  it("reads the same from a line's JSON, nested or with the reward beside the decision's fields", () => {
    const flat = rounds.map(({ decision, reward }) => ({ ...decision, reward }));
    const lines = (list: readonly unknown[]) => list.map((each) => JSON.parse(JSON.stringify(each)));
    expect(parseBanditRounds(lines(flat))).toEqual(parseBanditRounds(lines(rounds)));
    expect(readLog(parseBanditRounds(lines(rounds)), campaign)).toEqual(readLog(rounds, campaign));
  });

  it("knows arms that came later only when it is told of them", () => {
    const action = { hero: "gift", cta: "buy" };
    const later = { key: "gift-buy", action };
    const [first] = rounds;
    if (!first) throw new Error("no round");
    const { decision, reward } = first;
    const newer = [
      {
        reward,
        decision: {
          ...decision,
          variant: later.key,
          action,
          propensity: 1,
          actions: [later.key],
          probabilities: [1],
        },
      },
    ];
    expect(() => readLog(newer, campaign)).toThrow(
      expect.objectContaining({ code: "unknown_action", path: ["log", 0, "decision", "action"] }),
    );
    expect(readLog(newer, campaign, [later]).rows[0]).toMatchObject({ arm: 4, vector: [0, 0, 0, 0, 1] });
  });
});
