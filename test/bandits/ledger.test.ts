import { describe, expect, test } from "vitest";
import { createBandit, decide, RewardLedger, thompson, update } from "../../src/bandits/index.js";
import { definitionOf } from "./definition.js";

const bandit = createBandit(definitionOf(2), { thompson });
const hour = (h: number) => new Date(Date.UTC(2026, 10, 21, h));
const decision = (unitId: string, h = 0) => decide(bandit, { unitId, occasion: "1", now: hour(h) });
const reward = (decisionId: string, id: string, value: number, h: number, kind?: string) => ({
  decisionId,
  id,
  value,
  at: hour(h).toISOString(),
  ...(kind ? { kind } : {}),
});

describe("the reward ledger", () => {
  test("hands every outcome out once, after its window, and recording twice changes nothing", () => {
    const ledger = new RewardLedger({ windowHours: 24 });
    const [x, y] = [decision("x"), decision("y", 30)];
    for (let twice = 0; twice < 2; twice++) {
      ledger.decision(x);
      ledger.decision(y);
      expect(ledger.reward(reward(x.id, "r1", 1, 3))).toBe(true);
    }
    expect(ledger.pending).toBe(2);
    expect(ledger.settle(hour(24)).reward).toEqual([]);
    expect(ledger.settle(hour(25)).reward).toEqual([{ action: x.action, reward: 1, context: null }]);
    expect(ledger.settle(hour(25)).reward).toEqual([]);
    expect(ledger.settle(hour(99)).reward).toEqual([{ action: y.action, reward: 0, context: null }]);
    expect(ledger.pending).toBe(0);
  });

  test("late, corrected and withdrawn rewards", () => {
    const ledger = new RewardLedger({ windowHours: 10 });
    const x = decision("x");
    ledger.decision(x);
    ledger.reward(reward(x.id, "sale", 50, 2));
    ledger.reward(reward(x.id, "sale", 45, 2));
    ledger.reward(reward(x.id, "extra", 5, 3));
    ledger.reward(reward(x.id, "returned", 20, 4));
    expect(ledger.withdraw(x.id, "returned")).toBe(true);
    expect(ledger.reward(reward(x.id, "late", 9, 11))).toBe(false);
    expect(ledger.settle(hour(12)).reward![0]!.reward).toBe(50);
    expect(ledger.reward(reward(x.id, "slow post", 7, 5))).toBe(false);
    expect(ledger.withdraw(x.id, "sale")).toBe(false);
    expect(ledger.counts).toEqual({ late: 1, afterSettlement: 2 });
  });

  test("several kinds of reward for one decision; what a missing one is worth is stated", () => {
    const ledger = new RewardLedger({ windowHours: 1, missing: null, combine: "max" });
    const [x, y] = [decision("x"), decision("y")];
    ledger.decision(x);
    ledger.decision(y);
    ledger.reward(reward(x.id, "c", 1, 0, "conversion"));
    ledger.reward(reward(x.id, "r1", 30, 0, "revenue"));
    ledger.reward(reward(x.id, "r2", 20, 1, "revenue"));
    const { conversion, revenue } = ledger.settle(hour(5), ["conversion", "revenue"]);
    expect(conversion!.map((outcome) => outcome.reward)).toEqual([1]);
    expect(revenue!.map((outcome) => outcome.reward)).toEqual([30]);
  });

  test("the order in which things come in does not matter to what is learned", () => {
    const decisions = Array.from({ length: 20 }, (_, i) => decision(`u${i}`));
    const run = (reverse: boolean) => {
      const ledger = new RewardLedger({ windowHours: 5 });
      const list = reverse ? decisions.toReversed() : decisions;
      for (const each of list) ledger.decision(each);
      for (const each of list) if (each.unitId > "u3") ledger.reward(reward(each.id, "r", 1, 1));
      return update(bandit, ledger.settle(hour(9)).reward!);
    };
    expect(run(true)).toEqual(run(false));
    expect(run(true).rewards).toBe(20);
  });

  test("survives JSON, and forgets what is long settled", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    const [x, y] = [decision("x"), decision("y", 50)];
    ledger.decision(x);
    ledger.decision(y);
    ledger.reward(reward(x.id, "r", 1, 1));
    ledger.settle(hour(6));
    const again = RewardLedger.from(JSON.parse(JSON.stringify(ledger)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(ledger));
    expect(again.settle(hour(7)).reward).toEqual([]);
    again.prune(hour(40));
    expect(() => again.reward(reward(x.id, "r2", 1, 1))).toThrow(
      expect.objectContaining({ code: "unknown_decision" }),
    );
    expect(again.pending).toBe(1);
  });

  test.each<[string, (ledger: RewardLedger) => unknown, string, string[]]>([
    [
      "a reward for an unknown decision",
      (l) => l.reward(reward("nobody", "r", 1, 1)),
      "unknown_decision",
      ["decisionId"],
    ],
    [
      "a withdrawal for an unknown decision",
      (l) => l.withdraw("nobody", "r"),
      "unknown_decision",
      ["decisionId"],
    ],
    [
      "a reward that is not a number",
      (l) => l.reward(reward(decision("x").id, "r", Number.NaN, 1)),
      "not_finite",
      ["value"],
    ],
    [
      "a reward at no time",
      (l) => l.reward({ ...reward(decision("x").id, "r", 1, 1), at: "soon" }),
      "wrong_type",
      ["at"],
    ],
    [
      "another action under the same id",
      (l) => l.decision({ ...decision("x"), action: { variant: "zz" } }),
      "conflicting_decision",
      ["action"],
    ],
    ["no window", () => new RewardLedger({ windowHours: 0 }), "out_of_range", ["windowHours"]],
    [
      "an unknown rule",
      () => new RewardLedger({ windowHours: 1, combine: "min" as never }),
      "out_of_range",
      ["combine"],
    ],
    [
      "a missing reward that is not finite",
      () => new RewardLedger({ windowHours: 1, missing: 1 / 0 }),
      "not_finite",
      ["missing"],
    ],
    [
      "a newer format",
      () => RewardLedger.from({ format: "essai.ledger/2" }),
      "unsupported_format",
      ["format"],
    ],
  ])("refused: %s", (_name, act, code, path) => {
    const ledger = new RewardLedger({ windowHours: 24 });
    ledger.decision(decision("x"));
    expect(() => act(ledger)).toThrow(expect.objectContaining({ code, path }));
  });
});
