import { expect, test } from "vitest";
import { RewardLedger } from "../../src/bandits/index.js";
import { fc } from "../properties.js";

const time = (minutes: number) => new Date(Date.UTC(2026, 10, 21) + minutes * 60_000);
const decision = (id: string, minutes: number, rest = {}) => ({
  id,
  action: { variant: "a" },
  at: time(minutes).toISOString(),
  context: null,
  stateHash: "s",
  ...rest,
});

test("texts come back as they were: long, empty, of every script, and halves of a character", () => {
  const texts = ["", "é", "日本", "𝒳", "\ud800", "\udc00\ud800", "\ufffd", "\0", "ÿ", "Ā"];
  // Around the sizes of pages, and larger than one.
  for (const length of [1, 63, 64, 8192]) texts.push("x".repeat(length), "ж".repeat(length));
  texts.push("y".repeat(262_138), "y".repeat(262_139));
  const ledger = new RewardLedger({ windowHours: 1 });
  for (const [i, id] of texts.entries()) {
    ledger.decision(
      decision(id, i % 3, { context: { text: id, i }, stateHash: id, action: { variant: id } }),
    );
    ledger.reward({ decisionId: id, id, value: i, at: time(1).toISOString() });
  }
  const { outcomes } = RewardLedger.from(JSON.stringify(ledger)).settle(time(99));
  const sorted = [...texts.entries()].sort(([, a], [, b]) => (a < b ? -1 : 1));
  expect(outcomes.reward).toEqual(
    sorted.map(([i, id]) => ({
      decisionId: id,
      action: { variant: id },
      context: { text: id, i },
      reward: i,
    })),
  );
});

test("whatever comes, is settled and pruned in between: what is held is what should be", () => {
  const step = fc.record({
    act: fc.constantFrom("decision", "decision", "decision", "decision", "settle", "prune"),
    id: fc.nat({ max: 400 }),
    minutes: fc.nat({ max: 300 }),
    many: fc.constantFrom(1, 3, 40),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const ledger = new RewardLedger({ windowHours: 1 });
      const plain = new Map<string, { minutes: number; settled: boolean }>();
      let pruned = -1 / 0;
      for (const { act, id, minutes, many } of steps) {
        if (act === "decision")
          for (let i = 0; i < many; i++) {
            const each = `u${id + i}`;
            const taken = plain.has(each) || minutes + 60 >= pruned;
            expect(ledger.decision(decision(each, minutes))).toBe(taken);
            if (taken && !plain.has(each)) plain.set(each, { minutes, settled: false });
          }
        else if (act === "settle") {
          const due = [...plain].filter(([, each]) => !each.settled && each.minutes + 60 < minutes);
          for (const [, each] of due) each.settled = true;
          expect(ledger.settle(time(minutes)).outcomes.reward?.map(({ decisionId }) => decisionId)).toEqual(
            due.map(([each]) => each).sort(),
          );
        } else {
          ledger.prune(time(minutes));
          pruned = Math.max(pruned, minutes);
          for (const [each, { minutes: at, settled }] of plain)
            if (settled && at + 60 < minutes) plain.delete(each);
        }
        expect(ledger.pending).toBe([...plain.values()].filter(({ settled }) => !settled).length);
      }
      const { entries } = JSON.parse(JSON.stringify(ledger));
      expect(entries.map((each: { id: string }) => each.id).sort()).toEqual([...plain.keys()].sort());
      for (const each of plain.keys()) expect(ledger.withdraw(each, "none")).toBe(true);
      expect(ledger.waiting).toBe(0);
    }),
    { numRuns: 20 },
  );
});
