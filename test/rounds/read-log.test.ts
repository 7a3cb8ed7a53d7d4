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
    expect(new Set(Array.from(readLog(rounds, campaign).rows.arm)).size).toBe(4);
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
    const { rows } = readLog(newer, campaign, [later]);
    expect([rows.arm[0], rows.vector[0]]).toEqual([4, [0, 0, 0, 0, 1]]);
  });

  it("puts rows in order of time, keeps those of one instant as they came, and grows beyond a thousand", () => {
    const [first] = rounds;
    if (!first) throw new Error("no round");
    const list = Array.from({ length: 3000 }, (_, i) => {
      const at = new Date(60_000 * (i % 7)).toISOString();
      const decision = { ...first.decision, id: `d${i}`, unitId: `u${i}`, at };
      return { decision, reward: i % 5 === 0 ? null : i };
    });
    const { rows } = readLog(list, campaign);
    const expected = list
      .map(({ reward }, i) => ({ unit: i, at: 60_000 * (i % 7), reward: reward ?? Number.NaN }))
      .sort((a, b) => a.at - b.at);
    expect(rows.length).toBe(3000);
    expect(Array.from(rows.unit)).toEqual(expected.map(({ unit }) => unit));
    expect(Array.from(rows.at)).toEqual(expected.map(({ at }) => at));
    expect(Array.from(rows.reward)).toEqual(expected.map(({ reward }) => reward));
  });
});
