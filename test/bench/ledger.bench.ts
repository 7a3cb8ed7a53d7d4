import { defineExperiment } from "essai";
import { createBandit, decide, RewardLedger, thompson } from "essai/bandits";
import { type BenchRow, measure } from "./harness.js";

const COUNT = 1_000_000;
const HOURS = 48;
const start = Date.UTC(2026, 10, 21);
/** Decisions come evenly over the window. */
const each = (HOURS * 3_600_000) / COUNT;

/** A million decisions that wait for their rewards. */
export function bench(): BenchRow[] {
  const definition = defineExperiment({
    key: "bench",
    unit: "userId",
    control: "a",
    variants: Object.fromEntries("abcdefghij".split("").map((arm) => [arm, null])),
    policy: "thompson",
  });
  const bandit = createBandit(definition, { thompson });
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const ledger = new RewardLedger({ windowHours: HOURS });
  for (let i = 0; i < COUNT; i++) {
    const now = new Date(start + i * each);
    // As they come from a queue: no string or object is shared with the bandit.
    ledger.decision(JSON.parse(JSON.stringify(decide(bandit, { unitId: `user-${i}`, occasion: "1", now }))));
  }
  globalThis.gc?.();
  const bytes = (process.memoryUsage().heapUsed - before) / COUNT;
  let due = 0;
  const { microseconds } = measure(
    (n) => {
      let handed = 0;
      for (let i = 0; i < n; i++) {
        due += 1000;
        handed += ledger.settle(new Date(start + HOURS * 3_600_000 + due * each)).outcomes.reward!.length;
      }
      return handed;
    },
    { milliseconds: 20, samples: 5 },
  );
  const row = { group: "ledger", note: "of 1,000,000 pending, ids from JSON" };
  return [
    { ...row, name: "memory of a pending decision", value: bytes, unit: "B", atMost: 400 },
    {
      ...row,
      name: "settling a decision, 1,000 due at a time",
      value: microseconds / 1000,
      unit: "µs",
      atMost: 20,
      note: "the rest of the million waits",
    },
  ];
}
