import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAssigner, defineExperiment, explain, gatesOf } from "essai";
import { banditRun } from "essai/analysis";
import { openLedger } from "essai/bandits/node";
import { createExposureLog, exposureOf } from "essai/exposures";
import { parseExposure } from "essai/schema";
import { simulateBandit, simulateCampaign } from "essai/simulation";
import { afterAll, describe, expect, test } from "vitest";
import {
  createBandit,
  decide,
  decideKeeping,
  decideOnce,
  paceShare,
  quickDecide,
  RewardLedger,
  thompson,
  update,
} from "../../src/bandits/index.js";
import { definitionOf } from "./definition.js";

const bandit = update(createBandit(definitionOf(2), { thompson }), []);
const decision = decide(bandit, { unitId: "u", occasion: "1", now: 0 });
const plain = { key: "timed", unit: "userId", variants: { control: 0, b: 1 } };
const timed = defineExperiment({ ...plain, schedule: { from: "2026-01-01" } });
const offers = defineExperiment({ ...plain, policy: "thompson" });
const timedOffers = defineExperiment({ ...plain, policy: "thompson", schedule: { from: "2026-01-01" } });
const assigner = createAssigner({ experiments: [timed] });
const ledger = () => {
  const made = new RewardLedger({ windowHours: 1 });
  made.decision(decision);
  return made;
};

const assignment = assigner.assign(timed, { userId: "u" }, { now: Date.UTC(2027, 0) });
const learned = createBandit(timedOffers, { thompson });
const gates = gatesOf(timedOffers);
const decided = decide(createBandit(offers, { thompson }), { unitId: "u", occasion: "1", now: 0 });
const occasion = { unitId: "u", occasion: "1" };
const parent = mkdtempSync(join(tmpdir(), "essai-times-"));
afterAll(() => rmSync(parent, { recursive: true, force: true }));
const folder = () => mkdtempSync(join(parent, "ledger-"));

/** Everything that is told a time, as something that follows from it. */
const told: readonly (readonly [name: string, tell: (time: Date | number) => unknown])[] = [
  ["decide", (now) => decide(bandit, { ...occasion, now })],
  ["decide, with gates", (now) => decide(learned, { ...occasion, now, gates })],
  ["decideKeeping", (now) => decideKeeping(bandit, { ...occasion, now }, null)],
  ["decideOnce", (now) => decideOnce(bandit, { ...occasion, now }, undefined)],
  ["decideOnce, decided before", (now) => decideOnce(bandit, { ...occasion, now }, decision)],
  ["quickDecide", (now) => quickDecide(bandit, { ...occasion, now })],
  ["quickDecide, with gates", (now) => quickDecide(learned, { ...occasion, now, gates })],
  ["RewardLedger.settle", (now) => ledger().settle(now)],
  ["RewardLedger.prune", (before) => ledger().prune(before)],
  ["LoggedLedger.settle", (now) => openLedger(folder(), { windowHours: 1 }).settle(now, () => 1)],
  ["LoggedLedger.prune", (before) => openLedger(folder(), { windowHours: 1 }).prune(before)],
  ["paceShare, now", (now) => paceShare({ total: 9, spent: 0, until: new Date(9e12), perHour: 1 }, now)],
  ["paceShare, until", (until) => paceShare({ total: 9, spent: 0, until, perHour: 1 }, 0)],
  ["exposureOf", (at) => exposureOf(assignment, at)],
  ["an exposure log's clock", (at) => logged(() => at)],
  ["Assigner.assign", (now) => assigner.assign(timed, { userId: "u" }, { now })],
  ["Assigner.enter", (now) => assigner.enter(timed, { userId: "u" }, { now })],
  ["Assigner.assignAll", (now) => assigner.assignAll({ userId: "u" }, { now })],
  ["Assigner.batch", (now) => assigner.batch(timed, [{ userId: "u" }], { now })],
  ["Assigner.snapshot", (now) => assigner.snapshot({ userId: "u" }, { now })],
  ["explain", (now) => explain(assigner, "timed", { userId: "u" }, { now })],
];

/** What an exposure log writes; what its clock gave that is not a time is thrown, as `onError` hears it. */
function logged(clock: () => Date | number): unknown {
  const written: unknown[] = [];
  const errors: unknown[] = [];
  const log = createExposureLog({
    clock,
    write: (each) => written.push(each),
    onError: (error) => errors.push(error),
  });
  log.expose(assignment);
  if (errors[0]) throw errors[0];
  return written;
}

/** Where time is text: what was recorded, and what a file says. */
const written: readonly (readonly [name: string, read: (time: string) => unknown])[] = [
  ["RewardLedger.decision", (at) => ledger().decision({ ...decision, id: "other", at })],
  ["RewardLedger.reward", (at) => ledger().reward({ decisionId: decision.id, id: "r", value: 1, at })],
  ["RewardLedger.from", (at) => RewardLedger.from(JSON.stringify(ledger()).replace(decision.at, at))],
  [
    "banditRun",
    (at) => banditRun({ experiment: offers, log: [{ decision: { ...decided, at }, reward: 1 }] }),
  ],
  ["parseExposure", (at) => parseExposure({ ...exposureOf(assignment, 0), at })],
  ["a schedule", (from) => defineExperiment({ ...plain, schedule: { from } })],
  ["a condition", (since) => defineExperiment({ ...plain, audience: { attribute: "joined", since } })],
  [
    "simulateBandit",
    (start) => simulateBandit(bandit, { arms: { a: 0.1, b: 0.2 } }, { seed: 1, rounds: 2, start }),
  ],
  ["simulateCampaign", (start) => simulateCampaign({ seed: 1, users: 100, start })],
];

describe("a time is a Date or milliseconds, wherever it is told", () => {
  const time = Date.UTC(2026, 10, 29);

  test.each(told)("%s", (_, tell) => {
    expect(tell(time)).toEqual(tell(new Date(time)));
    for (const none of [
      ...[Number.NaN, Infinity, 9e15, new Date("x"), "soon", "2026-02-30", null, undefined, {}, Symbol("x")],
      ...["2026-11-29", "2026-11-29T00:00:00Z", `${time}`, 1n],
    ])
      expect(() => tell(none as never), String(none)).toThrow(
        expect.objectContaining({ name: "ExperimentError" }),
      );
  });

  test("the record says when", () => {
    expect(decide(bandit, { unitId: "u", occasion: "1", now: time }).at).toBe("2026-11-29T00:00:00.000Z");
    expect(() => decide(bandit, { unitId: "u", occasion: "1", now: "2026" as never })).toThrow(
      "now: must be a Date or milliseconds",
    );
  });
});

describe("a time that is written is ISO 8601 with its zone, or a day", () => {
  test.each(written)("%s", (_, read) => {
    for (const iso of ["2026-11-29", "2026-11-29T01:00:00+01:00", "2026-11-29T00:00:00.000Z"]) read(iso);
    for (const none of ["soon", "2026-02-30", "2026-11-29T00:00:00", "29 November 2026", "11/29/2026"])
      expect(() => read(none), none).toThrow(expect.objectContaining({ code: "invalid_instant" }));
  });
});
