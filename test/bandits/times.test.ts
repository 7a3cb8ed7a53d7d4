import { createAssigner, defineExperiment } from "essai";
import { exposureOf } from "essai/exposures";
import { describe, expect, test } from "vitest";
import {
  createBandit,
  decide,
  paceShare,
  quickDecide,
  RewardLedger,
  thompson,
  update,
} from "../../src/bandits/index.js";
import { definitionOf } from "./definition.js";

const bandit = update(createBandit(definitionOf(2), { thompson }), []);
const decision = decide(bandit, { unitId: "u", occasion: "1", now: 0 });
const timed = defineExperiment({
  key: "timed",
  unit: "userId",
  variants: { control: 0, b: 1 },
  schedule: { from: "2026-01-01" },
});
const assigner = createAssigner({ experiments: [timed] });
const ledger = () => {
  const made = new RewardLedger({ windowHours: 1 });
  made.decision(decision);
  return made;
};

/** Everything that is told a time, as something that follows from it. */
const told: readonly (readonly [name: string, tell: (time: Date | number) => unknown])[] = [
  ["decide", (now) => decide(bandit, { unitId: "u", occasion: "1", now })],
  ["quickDecide", (now) => quickDecide(bandit, { unitId: "u", occasion: "1", now })],
  ["RewardLedger.settle", (now) => ledger().settle(now)],
  ["RewardLedger.prune", (before) => ledger().prune(before)],
  ["paceShare, now", (now) => paceShare({ total: 9, spent: 0, until: new Date(9e12), perHour: 1 }, now)],
  ["paceShare, until", (until) => paceShare({ total: 9, spent: 0, until, perHour: 1 }, 0)],
  ["exposureOf", (at) => exposureOf(assigner.assign(timed, { userId: "u" }, { now: Date.UTC(2027) }), at)],
  ["Assigner.assign", (now) => assigner.assign(timed, { userId: "u" }, { now })],
];

describe("a time is a Date or milliseconds, wherever it is told", () => {
  const time = Date.UTC(2026, 10, 29);

  test.each(told)("%s", (_, tell) => {
    expect(tell(time)).toEqual(tell(new Date(time)));
    for (const none of [Number.NaN, Infinity, 9e15, new Date("x"), "soon", "2026-02-30", null, undefined, {}])
      expect(() => tell(none as never), String(none)).toThrow(
        expect.objectContaining({ name: "ExperimentError" }),
      );
  });

  test("the record says when", () => {
    expect(decide(bandit, { unitId: "u", occasion: "1", now: time }).at).toBe("2026-11-29T00:00:00.000Z");
    expect(() => decide(bandit, { unitId: "u", occasion: "1", now: "2026" as never })).toThrow(
      "now: must be a Date or a number",
    );
  });
});
