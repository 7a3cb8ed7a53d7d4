import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  caps,
  constraints,
  createBandit,
  decide,
  floor,
  mergeBandits,
  net,
  objectives,
  policies,
  RewardLedger,
  restoreBandit,
  rewardModels,
  thompson,
  update,
  withSource,
} from "../../src/bandits/index.js";
import { stateFacts } from "../../src/bandits/state/index.js";
import type { Json } from "../../src/core/json.js";
import { defineExperiment } from "../../src/definition/index.js";
import { randomSource } from "../../src/random/index.js";
import { readLog } from "../../src/rounds/index.js";
import { parseBanditRounds } from "../../src/schema/index.js";
import { modelTrials, trialContext, trialOutcomes, trialState } from "../../src/testing/model-trials.js";
import { reordered } from "../../src/testing/reordered.js";

const parts = { ...policies, ...rewardModels, ...constraints, ...objectives };
const now = new Date("2026-11-21T12:00:00Z");
/** Whatever JSON says is equal, but for the order of keys. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const mixed = <T>(value: T, seed = "keys"): T => reordered(value, randomSource(seed));

const offers = defineExperiment({
  key: "offers",
  unit: "userId",
  factors: { message: ["story", "offer"], channel: ["push", "mail"], at: ["noon", "night"] },
  policy: "thompson",
});
// Names beyond U+FFFF are where JavaScript's own order of keys is not the canonical one.
const emoji = defineExperiment({
  key: "emoji",
  unit: "userId",
  variants: { ﬀ: null, "😀": null, b: null },
  control: "b",
  policy: "thompson",
});

test("a shuffle of keys is one: it changes the text of every object, and nothing else", () => {
  const value = { b: 1, a: { d: [1, { y: 1, x: 2 }], c: 2 } };
  expect(JSON.stringify(mixed(value))).not.toBe(JSON.stringify(value));
  expect(mixed(value)).toEqual(value);
});

describe("a combination's factors have no order", () => {
  const bandit = createBandit(offers, { thompson }, { model: rewardModels.factorial() });
  const learned = update(
    bandit,
    bandit.setup.arms.flatMap(({ action }, i) => [
      { action, reward: i % 2 },
      { action, reward: 1 },
    ]),
  );

  test("decisions of a state whose arms were written in another order are the same", () => {
    for (const seed of ["one", "two", "three"]) {
      const stored = restoreBandit(mixed(learned, seed), parts);
      expect(stateFacts(stored).hash).toBe(stateFacts(learned).hash);
      for (let i = 0; i < 20; i++) {
        const request = { unitId: `u${i}`, occasion: "1", now };
        expect(decide(stored, request)).toEqual(decide(learned, request));
      }
      const more = decide(learned, { unitId: "u", occasion: "2", now });
      expect(update(stored, [{ ...mixed(more, seed), reward: 1 }]).sums).toEqual(
        update(learned, [{ ...more, reward: 1 }]).sums,
      );
    }
  });
});

test("settings by action are hashed alike in every order, and states merge", () => {
  const settings = { costs: { "😀": 1, ﬀ: 2, b: 3 }, values: { b: 2, ﬀ: 3 } };
  const made = [settings, mixed(settings)].map((each) =>
    createBandit(
      emoji,
      { thompson },
      {
        objective: net(each),
        constraints: [
          floor({ share: 0.1 }),
          caps({ shares: mixed({ b: 0.5, "😀": 0.6 }, `${each === settings}`) }),
        ],
      },
    ),
  );
  expect(new Set(made.map((state) => stateFacts(state).hash)).size).toBe(1);
  expect(mergeBandits(made[0]!, made[1]!).rewards).toBe(0);
});

describe("ledger and log", () => {
  const bandit = createBandit(offers, { thompson });
  const decisions = Array.from({ length: 30 }, (_, i) =>
    decide(bandit, { unitId: `u${i}`, occasion: "1", now, context: { b: i, a: { d: 1, c: [i] } } }),
  );
  const kinds = { opened: { combine: "max", missing: 0 }, revenue: { missing: null } } as const;
  const ledger = new RewardLedger({ windowHours: 24, kinds });
  decisions.forEach((decision, i) => {
    ledger.decision(decision);
    if (i % 2)
      ledger.reward({ decisionId: decision.id, id: `r${i}`, value: i, at: decision.at, kind: "revenue" });
  });

  test("a ledger that went through a store hands out the same outcomes", () => {
    const later = new Date("2026-12-21T12:00:00Z");
    const stored = RewardLedger.from(mixed(ledger));
    expect(plain(stored)).toEqual(plain(ledger));
    // The same decision, delivered again with its keys in another order, is the same.
    expect(decisions.every((decision) => stored.decision(mixed(decision)))).toBe(true);
    expect(stored.settle(later)).toEqual(RewardLedger.from(plain(ledger)).settle(later));
  });

  test("a log of reordered rounds is read the same", () => {
    const rounds = decisions.map((decision, i) => ({ decision, reward: i % 2 }));
    const read = (list: unknown[]) => readLog(parseBanditRounds(list), offers);
    expect(read(rounds.map((round) => mixed(round)))).toEqual(read(plain(rounds)));
  });
});

describe("through PostgreSQL's jsonb", () => {
  let server: PGlite;
  beforeAll(async () => {
    server = await PGlite.create();
  });
  afterAll(() => server.close());
  const stored = async <T>(value: T): Promise<T> => {
    const { rows } = await server.query<{ value: Json }>("SELECT $1::jsonb AS value", [
      JSON.stringify(value),
    ]);
    return rows[0]!.value as T;
  };

  test("jsonb reorders keys", async () => {
    expect(JSON.stringify(await stored({ bb: 1, a: 2 }))).toBe('{"a":2,"bb":1}');
  });

  test.each(Object.entries(modelTrials))(
    "%s: same hash, same decision, merges, learns on",
    async (_name, trial) => {
      const state = update(
        trialState(trial, thompson(), { constraints: [caps({ shares: { b: 0.9, a: 0.8 } })] }),
        trialOutcomes(trial, 60, "jsonb"),
      );
      const back = restoreBandit(await stored(state), parts);
      const request = { unitId: "u", occasion: "1", now, ...trialContext(trial) };
      const decision = decide(state, request);
      expect(stateFacts(back).hash).toBe(stateFacts(state).hash);
      expect(decide(back, request)).toEqual(decision);
      const other = update(
        withSource(trialState(trial, policies.thompson()), "other"),
        trialOutcomes(trial, 50, "other"),
      );
      expect(mergeBandits(back, other).sums).toEqual(mergeBandits(state, other).sums);
      const outcome = { ...decision, reward: trialOutcomes(trial, 1, "next")[0]!.reward };
      expect(update(back, [await stored(outcome)]).sums).toEqual(update(state, [outcome]).sums);
    },
  );
});
