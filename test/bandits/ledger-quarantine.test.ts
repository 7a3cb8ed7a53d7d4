import { describe, expect, expectTypeOf, test } from "vitest";
import {
  createBandit,
  decide,
  linear,
  poisson,
  RewardLedger,
  thompson,
  update,
} from "../../src/bandits/index.js";
import { definitionOf } from "./definition.js";

const bandit = createBandit(definitionOf(2), { thompson });
const hour = (h: number) => new Date(Date.UTC(2026, 10, 21, h));
const decided = (unitId: string, h = 0) => decide(bandit, { unitId, occasion: "1", now: hour(h) });
const reward = (decisionId: string, id: string, value: number, h = 1) => ({
  decisionId,
  id,
  value,
  at: hour(h).toISOString(),
});

/** A ledger with decisions of these units, and of each as many clicks as stated. */
function clicked(
  clicks: Record<string, number>,
  ledger = new RewardLedger({ windowHours: 5 }),
): RewardLedger {
  for (const [unit, times] of Object.entries(clicks)) {
    const { id } = decided(unit);
    ledger.decision(decided(unit));
    for (let i = 0; i < times; i++) ledger.reward(reward(id, `click-${i}`, 1));
  }
  return ledger;
}
const learn = (ledger: RewardLedger, h = 9) =>
  ledger.settle(hour(h), ({ reward }) => update(bandit, reward ?? []));

describe("a reward that cannot be learned", () => {
  test("is set aside with its decision, and told; the rest is learned, then and later", () => {
    const ledger = clicked({ a: 1, b: 2, c: 0, d: 3 });
    const { learned, outcomes, quarantined } = learn(ledger);
    expect([learned.rewards, outcomes.reward?.length, ledger.pending]).toEqual([2, 2, 0]);
    expect(quarantined).toMatchObject([
      { decisionId: decided("b").id, action: decided("b").action, outcome: { reward: 2 } },
      { decisionId: decided("d").id, code: "reward_unsupported", outcome: { reward: 3 } },
    ]);
    expect(quarantined[0]?.message).toContain("outcomes.1.reward: is not a reward the model can learn");
    expect(ledger.quarantined()).toEqual(quarantined);
    expect(ledger.counts.quarantined).toBe(2);
    ledger.decision(decided("e", 10));
    expect(learn(ledger, 20).learned.rewards).toBe(1);
    expect(ledger.quarantined()).toEqual(quarantined);
  });

  test("on its own leaves a batch of nothing", () => {
    const { learned, quarantined } = learn(clicked({ a: 2 }));
    expect([learned.rewards, quarantined.length]).toEqual([0, 1]);
  });

  test("stays set aside through JSON, and is open again when it is put right", () => {
    const ledger = RewardLedger.from(JSON.stringify(clicked({ a: 1, b: 2 })));
    learn(ledger);
    for (const [again, act] of [
      [
        RewardLedger.from(JSON.stringify(ledger)),
        (l: RewardLedger) => l.withdraw(decided("b").id, "click-1"),
      ],
      [
        RewardLedger.from(JSON.stringify(ledger)),
        (l: RewardLedger) => l.reward({ ...reward(decided("b").id, "click-1", 0), revision: 1 }),
      ],
    ] as const) {
      expect(JSON.stringify(again)).toBe(JSON.stringify(ledger));
      expect([again.pending, again.quarantined()]).toEqual([0, ledger.quarantined()]);
      expect(act(again)).toBe(true);
      expect([again.pending, again.quarantined()]).toEqual([1, []]);
      expect(learn(again).learned.rewards).toBe(1);
      expect([again.pending, again.quarantined()]).toEqual([0, []]);
    }
  });

  test("is open again when it is released, for a model that can learn it", () => {
    const ledger = clicked({ a: 1, b: 2 });
    learn(ledger);
    expect(ledger.release(decided("a").id)).toBe(false);
    expect(ledger.release(decided("b").id)).toBe(true);
    const counting = createBandit(definitionOf(2), { thompson }, { model: poisson() });
    const { outcomes, quarantined } = ledger.settle(hour(9), (due) => update(counting, due.reward ?? []));
    expect([outcomes.reward?.map((each) => each.reward), quarantined]).toEqual([[2], []]);
  });

  test("is forgotten by prune, like what is settled", () => {
    const ledger = clicked({ b: 2 });
    learn(ledger);
    ledger.prune(hour(9));
    expect(ledger.quarantined()).toEqual([]);
    expect(ledger.decision(decided("b"))).toBe(false);
  });

  test("also where it is the sums that it would break, or its context", () => {
    const counting = createBandit(definitionOf(2), { thompson }, { model: poisson() });
    const ledger = new RewardLedger({ windowHours: 5 });
    for (const unit of ["a", "b", "c", "d", "e", "f"]) {
      ledger.decision({ ...decided(unit), action: { variant: "a" } });
      ledger.reward(reward(decided(unit).id, "r", unit === "a" || unit === "f" ? 2 : 1e308));
    }
    const { learned, quarantined } = ledger.settle(hour(9), (due) => update(counting, due.reward ?? []));
    expect([learned.rewards, quarantined.length]).toEqual([3, 3]);
    expect(new Set(quarantined.map(({ code }) => code))).toEqual(new Set(["not_finite"]));
    const model = linear({ features: [{ kind: "numeric", field: "age" }] });
    const contextual = createBandit(definitionOf(2), { thompson }, { model });
    const other = new RewardLedger({ windowHours: 5 });
    other.decision({ ...decided("a"), context: { age: 30 } });
    other.decision({ ...decided("b"), context: { age: "thirty" } });
    const settled = other.settle(hour(9), (due) => update(contextual, due.reward ?? []));
    expect(settled.learned.rewards).toBe(1);
    expect(settled.quarantined.map(({ decisionId }) => decisionId)).toEqual([decided("b").id]);
  });

  test("with several kinds all of its decision is set aside, and each model learns the rest once", () => {
    const kinds = { click: {}, revenue: {} };
    const ledger = new RewardLedger({ windowHours: 5, kinds });
    for (const unit of ["a", "b", "c"]) {
      ledger.decision(decided(unit));
      ledger.reward({ ...reward(decided(unit).id, "c", unit === "b" ? 2 : 1), kind: "click" });
      ledger.reward({ ...reward(decided(unit).id, "r", unit === "c" ? -5 : 5), kind: "revenue" });
    }
    const money = createBandit(definitionOf(2), { thompson }, { model: poisson() });
    const { learned, quarantined } = ledger.settle(hour(9), ({ click, revenue }) => [
      update(bandit, click ?? []),
      update(money, revenue ?? []),
    ]);
    expect(learned.map(({ rewards }) => rewards)).toEqual([1, 1]);
    expect(quarantined.map(({ outcome }) => outcome)).toEqual([
      { click: 2, revenue: 5 },
      { click: 1, revenue: -5 },
    ]);
  });

  test("is refused at the door where its sum could not be told", () => {
    const ledger = new RewardLedger({ windowHours: 5, kinds: { sale: {}, most: { combine: "max" } } });
    ledger.decision(decided("a"));
    for (const unit of ["a", "not yet"]) {
      const { id } = decided(unit);
      const sale = (name: string, value: number) => ({ ...reward(id, name, value), kind: "sale" });
      expect(ledger.reward(sale("r", 1e308))).toBe(true);
      const before = JSON.stringify(ledger);
      for (const value of [1e308, -1e308, 1.7e308])
        expect(() => ledger.reward(sale("s", value))).toThrow(
          expect.objectContaining({ code: "rewards_overflow", path: ["value"], received: value }),
        );
      for (const value of [1 / 0, Number.NaN])
        expect(() => ledger.reward(sale("s", value))).toThrow(
          expect.objectContaining({ code: "not_finite" }),
        );
      expect(JSON.stringify(ledger)).toBe(before);
      expect(ledger.reward({ ...sale("t", 1e308), kind: "most" })).toBe(true);
      // A correction is in place of what it corrects.
      expect(ledger.reward({ ...sale("r", 9e307), revision: 1 })).toBe(true);
    }
    expect(ledger.settle(hour(9)).outcomes.sale?.map((each) => each.reward)).toEqual([9e307]);
  });
});

describe("a learner", () => {
  test("that names none of the decisions loses nothing", () => {
    const ledger = clicked({ a: 1, b: 2 });
    const before = JSON.stringify(ledger);
    const stranger = () => update(bandit, [{ variant: "a", reward: 7, decisionId: "not of this ledger" }]);
    expect(() => ledger.settle(hour(9), stranger)).toThrow(
      expect.objectContaining({ code: "reward_unsupported", decisionId: "not of this ledger" }),
    );
    expect(JSON.stringify(ledger)).toBe(before);
  });

  test("that is async is refused before it is called; a promise after it; nothing is lost", async () => {
    const ledger = clicked({ a: 1, b: 1 });
    const before = JSON.stringify(ledger);
    let calls = 0;
    const refused: unknown[] = [
      async () => void calls++,
      async () => {
        throw new Error("rejected");
      },
      function* () {
        yield calls++;
      },
      async function* () {
        yield calls++;
      },
      () => Promise.reject(new Error("rejected")),
      // biome-ignore lint/suspicious/noThenProperty: a promise of some library.
      () => ({ then: (_kept: () => void, broken: () => void) => broken() }),
    ];
    for (const each of refused)
      expect(() => ledger.settle(hour(9), each as () => void)).toThrow(
        expect.objectContaining({ code: "async_learner", path: ["learn"] }),
      );
    // An unhandled rejection would end this process.
    await new Promise(setImmediate);
    expect([calls, JSON.stringify(ledger)]).toEqual([0, before]);
    expect(learn(ledger).learned.rewards).toBe(2);
  });

  test("that is async is refused by its type", () => {
    const ledger = clicked({ a: 1 });
    const settle = () => {
      // @ts-expect-error: whether a promise will be kept is not known when settle returns.
      ledger.settle(hour(9), async ({ reward }) => update(bandit, reward ?? []));
      // @ts-expect-error
      ledger.settle(hour(9), () => Promise.resolve(1));
      ledger.settle(hour(9), () => undefined);
    };
    expectTypeOf(settle).toBeFunction();
    expectTypeOf(ledger.settle(hour(0), () => 1).learned).toEqualTypeOf<number>();
    expectTypeOf(ledger.settle(hour(0)).learned).toEqualTypeOf<undefined>();
  });

  test("may not change the ledger that it learns from", () => {
    const ledger = clicked({ a: 1, b: 1 });
    const { id } = decided("a");
    for (const act of [
      () => ledger.decision(decided("z")),
      () => ledger.reward(reward(id, "late", 1)),
      () => ledger.withdraw(id, "click-0"),
      () => ledger.release(id),
      () => ledger.settle(hour(9)),
      () => ledger.prune(hour(9)),
    ]) {
      const before = JSON.stringify(ledger);
      expect(() => ledger.settle(hour(9), act)).toThrow(expect.objectContaining({ code: "ledger_busy" }));
      expect(JSON.stringify(ledger)).toBe(before);
    }
    expect(learn(ledger).learned.rewards).toBe(2);
  });
});

describe("what comes before its decision", () => {
  test("waits for it, and counts as if it had come after it; so does a withdrawal", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    const { id } = decided("a");
    expect(ledger.reward(reward(id, "r", 1))).toBe(true);
    expect(ledger.reward(reward(id, "r", 1))).toBe(true);
    expect(ledger.reward(reward(id, "late", 1, 6))).toBe(true);
    expect(ledger.reward(reward(id, "back", 1))).toBe(true);
    expect(ledger.withdraw(id, "back")).toBe(true);
    expect(ledger.withdraw(id, "back")).toBe(true);
    expect(ledger.reward(reward(id, "back", 1, 2))).toBe(false);
    expect([ledger.waiting, ledger.counts.early, ledger.pending]).toEqual([5, 5, 0]);
    const again = RewardLedger.from(JSON.parse(JSON.stringify(ledger)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(ledger));
    again.decision(decided("a"));
    expect([again.waiting, again.counts.late]).toEqual([0, 1]);
    expect(learn(again).outcomes.reward?.map((each) => each.reward)).toEqual([1]);
  });

  test("is bounded: what is too much is refused, and nothing else is lost", () => {
    const ledger = new RewardLedger({ windowHours: 5, mostEarly: 2 });
    ledger.reward(reward("x", "r", 1));
    ledger.withdraw("y", "r");
    for (const act of [() => ledger.reward(reward("x", "s", 1)), () => ledger.withdraw("z", "r")])
      expect(act).toThrow(
        expect.objectContaining({
          code: "unknown_decision",
          path: ["decisionId"],
          expected: { atMost: 2 },
          message: expect.stringContaining("and 2 rewards wait for theirs already"),
        }),
      );
    expect(ledger.reward(reward("x", "r", 1))).toBe(true);
    ledger.decision({ ...decided("a"), id: "x" });
    expect(ledger.reward(reward("z", "r", 1))).toBe(true);
    expect(new RewardLedger({ windowHours: 5 }).options.mostEarly).toBe(100_000);
  });

  test("is let go of when its decision could not be taken any more, and counted", () => {
    const ledger = new RewardLedger({ windowHours: 5 });
    ledger.reward(reward("x", "r", 1, 1));
    ledger.reward(reward("x", "s", 1, 4));
    ledger.withdraw("y", "r");
    ledger.prune(hour(6));
    expect([ledger.waiting, ledger.counts.unmatched]).toEqual([3, 0]);
    ledger.prune(hour(7));
    expect([ledger.waiting, ledger.counts.unmatched]).toEqual([2, 1]);
    ledger.prune(hour(11));
    expect([ledger.waiting, ledger.counts.unmatched]).toEqual([1, 2]);
    // A withdrawal has no time: it waits for a window from the first time that it heard of, in JSON too.
    const again = RewardLedger.from(JSON.stringify(ledger));
    again.prune(hour(12));
    expect([again.waiting, again.counts.unmatched]).toEqual([0, 3]);
  });
});
