import { describe, expect, test } from "vitest";
import {
  type BanditState,
  caps,
  constraints,
  decide,
  mergeBandits,
  net,
  objectives,
  policies,
  RewardLedger,
  restoreBandit,
  rewardModels,
  sharpened,
  update,
  withSource,
} from "../../src/bandits/index.js";
import { ExperimentError } from "../../src/errors/index.js";
import { type RandomSource, randomSource } from "../../src/random/index.js";
import { parseBanditRounds } from "../../src/schema/index.js";
import { modelTrials, trialContext, trialOutcomes, trialState } from "../../src/testing/model-trials.js";

const parts = { ...policies, ...rewardModels, ...constraints, ...objectives };
const now = new Date("2026-11-21T12:00:00Z");
const MUTATIONS = 10_000;

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}
const placesOf = (value: unknown): Place[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [
        { parent: value as Record<string, unknown>, key },
        ...placesOf(inner),
      ])
    : [];

const values: readonly unknown[] = [
  ...[null, true, false, "", "x", "toString", 0, -1, 0.5, 7, 1e20, 1e308, -1e308, 5e-324],
  ...[[], [null], {}, { a: 1 }, [[]], "2026-01-01", Number.NaN, 1 / 0, -0],
];

/** One of: a key renamed, removed, added, moved a level up or down, a value of another type or size. */
function mutate(json: unknown, random: RandomSource): void {
  const places = placesOf(json);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)]!;
  const { parent, key } = pick(places);
  const value = parent[key];
  const take = () => (Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]);
  const put = (into: Record<string, unknown>, name: string, what: unknown) =>
    Array.isArray(into) ? into.push(what) : Object.assign(into, { [name]: what });
  pick([
    () => {
      take();
      put(parent, `${key}s`, value);
    },
    take,
    () => put(parent, "extra", pick(values)),
    () => {
      take();
      put(pick(places).parent, key, value);
    },
    () => {
      parent[key] = pick(values);
    },
    () => {
      parent[key] = structuredClone(pick(places).parent);
    },
  ])();
}

/** Whether there is something that is not a number anywhere. */
const sound = (value: unknown): boolean =>
  typeof value === "number"
    ? Number.isFinite(value)
    : typeof value !== "object" || value === null || Object.values(value).every(sound);

/** What is done with a mutated value; refusals by name are what it should do, or nothing wrong at all. */
function refusedOr(what: unknown, act: () => void): "refused" | "works" {
  try {
    act();
    return "works";
  } catch (error) {
    if (error instanceof ExperimentError) return "refused";
    throw new Error(`${JSON.stringify(what)?.slice(0, 2_000)}: ${error}`, { cause: error });
  }
}

describe("a mutated state is refused by name, or is a bandit that works", () => {
  const trials = Object.entries(modelTrials);
  test.each(trials)("%s", (name, trial) => {
    const learned = update(
      trialState(trial, sharpened(), {
        constraints: [caps({ shares: { a: 0.9, b: 0.8 } })],
        objective: net({ values: { a: 2 }, costs: { c: 0.1 } }),
      }),
      trialOutcomes(trial, 12, "mutated"),
    );
    const text = JSON.stringify(learned);
    const random = randomSource(`mutated ${name}`);
    const context = trialContext(trial);
    const [outcome] = trialOutcomes(trial, 1, "next");
    const counts = { refused: 0, works: 0 };
    for (let i = 0; i < MUTATIONS / trials.length; i++) {
      const json = JSON.parse(text);
      mutate(json, random);
      let state: BanditState | undefined;
      counts[
        refusedOr(json, () => {
          state = restoreBandit(json, parts);
        })
      ] += 1;
      if (!state) continue;
      const bandit = state;
      // Its numbers may be too large to go on with, and its arms may all be gone: then it says so.
      refusedOr(json, () => {
        const decision = decide(bandit, { unitId: "u", occasion: "1", now, ...context });
        // The payload is the application's.
        const { payload: _, ...told } = decision;
        expect(sound(told), JSON.stringify(json)).toBe(true);
        const next = mergeBandits(
          bandit,
          update(withSource({ ...bandit, rewards: 0 }, "other"), [{ ...decision, reward: outcome!.reward }]),
        );
        expect(sound(next.sums), JSON.stringify(json)).toBe(true);
        expect(restoreBandit(JSON.stringify(next), parts).sums).toEqual(
          JSON.parse(JSON.stringify(next.sums)),
        );
      });
    }
    expect(counts.refused).toBeGreaterThan(300);
    expect(counts.works).toBeGreaterThan(10);
  });
});

test("a mutated ledger is refused by name, or hands out what it holds", () => {
  const state = trialState(modelTrials.bernoulli, sharpened());
  const ledger = new RewardLedger({
    windowHours: 24,
    kinds: { click: { combine: "max" }, sale: { missing: null } },
  });
  for (let i = 0; i < 5; i++) {
    const decision = decide(state, { unitId: `u${i}`, occasion: "1", now });
    ledger.decision(decision);
    ledger.reward({
      decisionId: decision.id,
      id: `r${i}`,
      value: i,
      at: decision.at,
      kind: i % 2 ? "click" : "sale",
    });
  }
  ledger.withdraw(decide(state, { unitId: "u0", occasion: "1", now }).id, "r0");
  const text = JSON.stringify(ledger);
  const random = randomSource("mutated ledger");
  const counts = { refused: 0, works: 0 };
  for (let i = 0; i < MUTATIONS; i++) {
    const mutated = JSON.parse(text);
    mutate(mutated, random);
    // What is no JSON at all comes from no store.
    const json = JSON.parse(JSON.stringify(mutated));
    let read: RewardLedger | undefined;
    counts[
      refusedOr(json, () => {
        read = RewardLedger.from(json);
      })
    ] += 1;
    if (!read) continue;
    const again = JSON.parse(JSON.stringify(read));
    expect(JSON.parse(JSON.stringify(RewardLedger.from(again))), JSON.stringify(json)).toEqual(again);
    const settled = read.settle(new Date("2026-12-24T00:00:00Z"));
    expect(sound(settled), JSON.stringify(json)).toBe(true);
    read.prune(new Date("2027-01-01T00:00:00Z"));
  }
  expect(counts.refused).toBeGreaterThan(MUTATIONS / 2);
  expect(counts.works).toBeGreaterThan(100);
  for (const garbage of [
    undefined,
    null,
    5,
    "",
    "{",
    "null",
    [],
    {},
    () => 1,
    Symbol("x"),
    { toJSON: () => 5 },
  ])
    expect(() => RewardLedger.from(garbage), String(garbage)).toThrow(ExperimentError);
});

test("a mutated round is refused by name, or is a round", () => {
  const state = trialState(modelTrials.linear, sharpened());
  const decision = decide(state, { unitId: "u", occasion: "1", now, ...trialContext(modelTrials.linear) });
  const text = JSON.stringify({
    ...{ decision, reward: 1, period: 0, segment: "new" },
    expected: { chosen: 0.1, best: 0.2, uniform: 0.1 },
  });
  const random = randomSource("mutated round");
  let refused = 0;
  for (let i = 0; i < MUTATIONS; i++) {
    const mutated = JSON.parse(text);
    mutate(mutated, random);
    // What is no JSON at all comes from no store.
    const json = JSON.parse(JSON.stringify(mutated));
    const found = refusedOr(json, () => {
      const [round] = parseBanditRounds([json]);
      expect(sound(round), JSON.stringify(json)).toBe(true);
      JSON.stringify(round);
    });
    if (found === "refused") refused += 1;
  }
  expect(refused).toBeGreaterThan(MUTATIONS / 2);
});

test.each([undefined, null, 5, "", "{", "null", [], {}, () => 1, Symbol("x")])(
  "what is not a state at all is refused: %s",
  (garbage) => {
    expect(() => restoreBandit(garbage, parts)).toThrow(ExperimentError);
    expect(() => update(garbage as never, [])).toThrow(ExperimentError);
    expect(() => decide(garbage as never, { unitId: "u", occasion: "1", now })).toThrow(ExperimentError);
    const state = trialState(modelTrials.bernoulli, sharpened());
    if (!Array.isArray(garbage)) expect(() => update(state, garbage as never)).toThrow(ExperimentError);
    expect(() => decide(state, garbage as never)).toThrow(ExperimentError);
  },
);
