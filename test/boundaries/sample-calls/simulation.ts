import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBandit, hurdle, linear, normal, thompson } from "../../../src/bandits/index.js";
import { dialects } from "../../../src/engines/index.js";
import { defineExperiment } from "../../../src/index.js";
import { simulateCampaign } from "../../../src/simulation/index.js";
import { made } from "./made.js";
import type { SampleCalls } from "./sample-call.js";

const definition = () =>
  defineExperiment({
    key: "sample",
    unit: "userId",
    variants: { control: null, gift: null },
    policy: "thompson",
  });
const bandit = (model = hurdle()) => made(createBandit(definition(), { thompson }, { model }));

const hours = Array.from({ length: 24 }, (_, hour) => hour / 24);
const weekdays = [1, 0, 0.5, 1, 1, 1, 2];
const when = { variant: "gift" };
const world = () => ({
  reward: { kind: "hurdle", amount: { control: 10, gift: 20 }, law: { kind: "pareto", shape: 3 } },
  base: 0.1,
  arms: { gift: { new: 0.2 } },
  effects: [{ when: { ...when, segment: "new" }, by: 0.1 }],
  segments: { field: "segment", shares: { new: 2, loyal: 1 } },
  drift: [
    { kind: "switch", day: 0, by: 0.1, when },
    { kind: "walk", sd: 0.1 },
  ],
  seasons: [{ hours, weekdays, when }],
  arrivals: { perDay: 500, hours, weekdays },
  delay: { kind: "weibull", shape: 0.7, meanHours: 1, lost: 0.1 },
});
const simulated = () => ({
  seed: "sample",
  rounds: 12,
  batch: 3,
  start: "2026-03-02",
  periodHours: 6,
  ledger: { windowHours: 2, missing: 0, combine: "max", kinds: { reward: { missing: 0, combine: "last" } } },
});

const replayed = () => ({ seed: 1, orders: 2, batch: 2, rows: 3, quick: true });
const features = [{ kind: "numeric", field: "age" }] as const;
const reading = () => bandit(linear({ features }));

const campaign = () => made(simulateCampaign({ seed: 1, users: 3 }));
const comparison = {
  metric: "cta_click",
  contrast: ["see_offers", "last_chance"],
  cell: {},
  lift: { fixed: { status: "ok", interval: [-1, 1] } },
};

export const simulation: SampleCalls = {
  measurePast: () => [
    {
      experiment: defineExperiment({
        key: "planned",
        unit: "row",
        variants: { control: null, gift: null },
        metrics: [{ key: "spent", type: "mean" }],
      }),
      rows: Array.from({ length: 120 }, (_, i) => ({ spent: i % 7, day: `2026-03-0${(i % 9) + 1}` })),
      data: { variant: "none" },
      at: "day",
    },
  ],
  runAa: () => [
    {
      experiment: defineExperiment({
        key: "rehearsal",
        unit: "row",
        variants: { control: null, gift: null },
        metrics: [{ key: "spent", type: "mean" }],
      }),
      // Every wrong value that changes nothing is twenty analyses: a small table without a dimension.
      rows: Array.from({ length: 20 }, (_, i) => ({ spent: i % 7 })),
      data: { variant: "none" },
      metrics: ["spent"],
      dimensions: [],
      level: 0.9,
      replications: 20,
      seed: "sample",
      onProgress: () => undefined,
      signal: new AbortController().signal,
    },
  ],
  simulateBandit: () => [bandit(), world(), { ...simulated(), quick: true }],
  simulateRounds: () => [bandit(), world(), simulated()],
  simulateCampaign: () => [
    { seed: "sample", users: 20, days: 7, channels: ["mail", "web"], start: "2026-03-02T00:00:00+01:00" },
  ],
  writeCampaign: () => [
    campaign(),
    join(tmpdir(), `essai-refusals-${process.pid}`),
    made({ dialect: dialects.duckdb, open: async () => null, query: async () => [] }),
    () => undefined,
  ],
  plantedAgainstFound: () => [{ macro: [comparison], micro: [comparison] }, campaign().planted],
  replayLabelled: () => [
    bandit(normal()),
    [{ context: { age: 20 }, rewards: [0, 1] }, { rewards: [1, 0] }],
    replayed(),
  ],
  replayLog: () => [
    reading(),
    [
      { context: { age: 20 }, arm: "control", reward: 1, propensity: 0.5 },
      { context: { age: 30 }, arm: "gift", reward: 0, propensity: 0.5 },
    ],
    replayed(),
  ],
  tableContexts: () => [
    [
      { name: "age", values: [1, "2", null], log: true },
      { name: "loyal", values: [true, false, undefined] },
    ],
  ],
};
