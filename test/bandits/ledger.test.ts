import { describe, expect, test } from "vitest";
import {
  bernoulli,
  createBandit,
  decide,
  RewardLedger,
  type RewardRecord,
  restoreBandit,
  thompson,
  update,
} from "../../src/bandits/index.js";
import { randomSource, shuffle } from "../../src/random/index.js";
import { fc } from "../properties.js";
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
    expect(ledger.settle(hour(24)).outcomes.reward).toEqual([]);
    expect(ledger.settle(hour(25)).outcomes.reward).toEqual([
      { decisionId: x.id, action: x.action, reward: 1, context: null },
    ]);
    expect(ledger.settle(hour(25)).outcomes.reward).toEqual([]);
    expect(ledger.settle(hour(99)).outcomes.reward).toEqual([
      { decisionId: y.id, action: y.action, reward: 0, context: null },
    ]);
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
    expect(ledger.settle(hour(12)).outcomes.reward![0]!.reward).toBe(50);
    expect(ledger.reward(reward(x.id, "slow post", 7, 5))).toBe(false);
    expect(ledger.withdraw(x.id, "sale")).toBe(false);
    expect(ledger.counts).toMatchObject({ late: 1, afterSettlement: 2, redecided: 0, pruned: 0, early: 0 });
  });

  test("several kinds of reward for one decision; what a missing one is worth is stated", () => {
    const ledger = new RewardLedger({
      windowHours: 1,
      missing: null,
      kinds: { conversion: { combine: "max", missing: 0 }, revenue: {}, rating: { combine: "last" } },
    });
    const [x, y] = [decision("x"), decision("y")];
    ledger.decision(x);
    ledger.decision(y);
    ledger.reward(reward(x.id, "c", 1, 0, "conversion"));
    ledger.reward(reward(x.id, "r1", 30, 0, "revenue"));
    ledger.reward(reward(x.id, "r2", 20, 1, "revenue"));
    ledger.reward(reward(x.id, "c2", 1, 1, "conversion"));
    ledger.reward(reward(x.id, "s1", 2, 1, "rating"));
    ledger.reward(reward(x.id, "s0", 5, 0, "rating"));
    const { conversion, revenue, rating } = ledger.settle(hour(5)).outcomes;
    expect(conversion!.map((outcome) => outcome.reward)).toEqual([1, 0]);
    expect(revenue!.map((outcome) => outcome.reward)).toEqual([50]);
    expect(rating!.map((outcome) => outcome.reward)).toEqual([2]);
  });

  test("the order in which things come in does not matter to what is learned", () => {
    const decisions = Array.from({ length: 20 }, (_, i) => decision(`u${i}`));
    const run = (reverse: boolean) => {
      const ledger = new RewardLedger({ windowHours: 5 });
      const list = reverse ? decisions.toReversed() : decisions;
      for (const each of list) ledger.decision(each);
      for (const each of list) if (each.unitId > "u3") ledger.reward(reward(each.id, "r", 1, 1));
      return update(bandit, ledger.settle(hour(9)).outcomes.reward!);
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
    expect(again.settle(hour(7)).outcomes.reward).toEqual([]);
    again.prune(hour(40));
    expect(again.decision(x)).toBe(false);
    expect(again.pending).toBe(1);
  });

  test("if learning fails, nothing counts as handed out, and it can be tried again", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    const [x, y] = [decision("x"), decision("y")];
    ledger.decision(x);
    ledger.decision(y);
    ledger.reward(reward(x.id, "r", 1, 1));
    const before = JSON.stringify(ledger);
    for (const failure of [new Error("no disk"), new RangeError("x")])
      expect(() =>
        ledger.settle(hour(9), () => {
          throw failure;
        }),
      ).toThrow(failure);
    expect(JSON.stringify(ledger)).toBe(before);
    const { learned, outcomes } = ledger.settle(hour(9), ({ reward }) => update(bandit, reward!));
    expect([learned.rewards, outcomes.reward!.length, ledger.pending]).toEqual([2, 2, 0]);
  });

  test("what was withdrawn stays withdrawn, and the highest revision counts, in any order of delivery", () => {
    const [x, y] = [decision("x"), decision("y")];
    const deliveries: ((ledger: RewardLedger) => unknown)[] = [
      (l) => l.reward({ ...reward(x.id, "sale", 50, 2), revision: 1 }),
      (l) => l.reward({ ...reward(x.id, "sale", 40, 2), revision: 2 }),
      (l) => l.reward(reward(x.id, "gift", 7, 3)),
      (l) => l.withdraw(x.id, "gift"),
      (l) => l.reward(reward(x.id, "__proto__", 1, 3)),
      (l) => l.reward(reward(y.id, "constructor", 2, 3)),
    ];
    fc.assert(
      fc.property(fc.array(fc.nat({ max: deliveries.length - 1 }), { maxLength: 30 }), (order) => {
        const ledger = new RewardLedger({ windowHours: 10 });
        ledger.decision(x);
        ledger.decision(y);
        for (const i of [...order, ...shuffle(randomSource(order.join()), [...deliveries.keys()])])
          deliveries[i]!(ledger);
        expect(ledger.settle(hour(20)).outcomes.reward!.map((outcome) => outcome.reward)).toEqual([41, 2]);
      }),
    );
  });

  test("after a crash at any moment, with everything since the last save delivered again, each reward counts once", () => {
    const decisions = Array.from({ length: 40 }, (_, i) => decision(`u${i}`, i % 20));
    type Delivery = { readonly hour: number; readonly act: (ledger: RewardLedger) => unknown };
    const stream: Delivery[] = decisions
      .flatMap((each, i): Delivery[] => [
        { hour: i % 20, act: (l) => l.decision(each) },
        ...(i % 3
          ? [
              {
                hour: (i % 20) + 2,
                act: (l: RewardLedger) => l.reward(reward(each.id, "r", 1, (i % 20) + 2)),
              },
            ]
          : []),
      ])
      .sort((a, b) => a.hour - b.hour);
    const run = (crashes: readonly number[]) => {
      let saved = JSON.stringify({ ledger: new RewardLedger({ windowHours: 5 }), bandit, next: 0 });
      const read = () => {
        const { ledger, bandit: state, next } = JSON.parse(saved);
        return {
          ledger: RewardLedger.from(ledger),
          state: restoreBandit(state, { thompson, bernoulli }),
          next,
        };
      };
      const ahead = crashes.slice();
      let { ledger, state, next } = read();
      for (let steps = 0; next < stream.length; steps++) {
        const { hour: h, act } = stream[next++]!;
        act(ledger);
        ledger.settle(hour(h), (due) => (state = update(state, due.reward!)));
        if (h > 8) ledger.prune(hour(h - 8));
        if (steps === ahead[0]) {
          ahead.shift();
          ({ ledger, state, next } = read());
        } else if (next % 7 === 0) saved = JSON.stringify({ ledger, bandit: state, next });
      }
      ledger.settle(hour(99), (due) => (state = update(state, due.reward!)));
      return state;
    };
    const whole = run([]);
    expect(whole.rewards).toBe(40);
    expect(whole.sums.reduce((sum, [wins]) => sum + wins!, 0)).toBe(26);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 80 }), { maxLength: 6 }), (crashes) => {
        expect(run(crashes.toSorted((a, b) => a - b)).sums).toEqual(whole.sums);
      }),
    );
  });

  test("a decision that is delivered again after it was pruned is not learned a second time", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    const x = decision("x");
    expect(ledger.decision(x)).toBe(true);
    expect(ledger.settle(hour(6)).outcomes.reward).toHaveLength(1);
    ledger.prune(hour(7));
    const again = RewardLedger.from(JSON.stringify(ledger));
    for (const each of [ledger, again]) {
      expect(each.decision(x)).toBe(false);
      expect(each.counts.pruned).toBe(1);
      expect(each.settle(hour(99)).outcomes.reward).toEqual([]);
    }
  });

  test("a revision after the settlement that changes nothing is as learned, one that changes something is not", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    const x = decision("x");
    ledger.decision(x);
    ledger.reward(reward(x.id, "r", 1, 2));
    ledger.settle(hour(6));
    expect(ledger.reward({ ...reward(x.id, "r", 1, 2), revision: 3 })).toBe(true);
    expect(ledger.counts.afterSettlement).toBe(0);
    expect(ledger.reward({ ...reward(x.id, "r", 0, 2), revision: 3 })).toBe(false);
    expect(ledger.counts.afterSettlement).toBe(1);
  });

  test("what is due at the very moment before which was pruned is there still, and may still come", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    const at = (unitId: string, milliseconds: number) =>
      decide(bandit, { unitId, occasion: "1", now: new Date(hour(1).getTime() + milliseconds) });
    const [held, late, later] = [at("held", 0), at("late", -1), at("later", 0)];
    ledger.decision(held);
    expect(ledger.settle(hour(7)).outcomes.reward).toHaveLength(1);
    ledger.prune(hour(6));
    expect([held, late, later].map((each) => ledger.decision(each))).toEqual([true, false, true]);
    expect(ledger.counts.pruned).toBe(1);
    // The one that was held has been learned from already.
    expect(ledger.settle(hour(9)).outcomes.reward?.map(({ decisionId }) => decisionId)).toEqual([later.id]);
  });

  test("the factors of an action may come in another order: it is the same decision", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    const x = { ...decision("x"), action: { message: "a", channel: "b" } };
    ledger.decision(x);
    expect(ledger.decision({ ...x, action: { channel: "b", message: "a" } })).toBe(true);
    expect(ledger.pending).toBe(1);
  });

  test.each<[string, (ledger: RewardLedger) => unknown, string, (string | number)[]]>([
    [
      "a reward that is not a number",
      (l) => l.reward(reward(decision("x").id, "r", Number.NaN, 1)),
      "not_finite",
      ["value"],
    ],
    [
      "a reward at no time",
      (l) => l.reward({ ...reward(decision("x").id, "r", 1, 1), at: "soon" }),
      "invalid_instant",
      ["at"],
    ],
    [
      "a kind of reward that was not stated",
      (l) => l.reward(reward(decision("x").id, "r", 1, 1, "revenue")),
      "unknown_reward_kind",
      ["kind"],
    ],
    [
      "a reward without an id",
      (l) => l.reward({ ...reward(decision("x").id, "r", 1, 1), id: undefined } as unknown as RewardRecord),
      "missing_value",
      ["id"],
    ],
    [
      "a revision that is not a number",
      (l) => l.reward({ ...reward(decision("x").id, "r", 1, 1), revision: Number.NaN }),
      "not_finite",
      ["revision"],
    ],
    ["a decision at no time", (l) => l.decision({ ...decision("y"), at: "soon" }), "invalid_instant", ["at"]],
    [
      "a decision without an id",
      (l) => l.decision({ ...decision("y"), id: 7 as never }),
      "wrong_type",
      ["id"],
    ],
    [
      "a decision without action",
      (l) => l.decision({ ...decision("y"), action: null as never }),
      "wrong_type",
      ["action"],
    ],
    ["settling at no time", (l) => l.settle(new Date("x")), "wrong_type", ["now"]],
    ["pruning before no time", (l) => l.prune(undefined as never), "missing_value", ["before"]],
    [
      "an unknown rule for a kind",
      () => new RewardLedger({ windowHours: 1, kinds: { sale: { combine: "min" as never } } }),
      "unknown_name",
      ["kinds", "sale", "combine"],
    ],
    ["text that is not JSON", () => RewardLedger.from("{"), "invalid_json", []],
    [
      "JSON with an entry at no time",
      (l) => RewardLedger.from(JSON.stringify(l).replace("2026-11-21", "2026-99-99")),
      "invalid_instant",
      ["entries", 0, "at"],
    ],
    [
      "another action under the same id",
      (l) => l.decision({ ...decision("x"), action: { variant: "zz" } }),
      "conflicting_decision",
      ["action"],
    ],
    [
      "a window of one kind",
      () => new RewardLedger({ windowHours: 1, kinds: { sale: { windowHours: 2 } as never } }),
      "unknown_key",
      ["kinds", "sale", "windowHours"],
    ],
    [
      "a reward with a key that is not read",
      (l) => l.reward({ ...reward, revison: 2 } as never),
      "unknown_key",
      ["revison"],
    ],
    ["no window", () => new RewardLedger({ windowHours: 0 }), "out_of_range", ["windowHours"]],
    [
      "an unknown rule",
      () => new RewardLedger({ windowHours: 1, combine: "min" as never }),
      "unknown_name",
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
