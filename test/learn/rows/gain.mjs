import { defineExperiment } from "essai";
import { banditRun } from "essai/analysis";
import { createBandit, factorial, floor, thompson } from "essai/bandits";
import { simulateRounds } from "essai/simulation";

const arms = (n) =>
  defineExperiment({
    key: "gain",
    unit: "userId",
    control: "a0",
    variants: Object.fromEntries(Array.from({ length: n }, (_, i) => [`a${i}`, null])),
    policy: "thompson",
  });
const campaign = defineExperiment({
  key: "gain",
  unit: "userId",
  factors: { message: ["discount", "new arrivals", "story"], channel: ["email", "push"] },
  policy: "thompson",
});
const segments = { field: "segment", levels: ["deal hunter", "brand loyal"] };
const floored = { constraints: [floor({ share: 0.02 })] };

/** Worlds in which uniform play's value has to be told from what a bandit did. */
const worlds = {
  steady: {
    what: "ten arms at .10, one of them at .15; floor of 2 %",
    bandit: () => createBandit(arms(10), { thompson }, floored),
    world: { base: 0.1, arms: { a3: 0.15 } },
    options: { rounds: 5_000, batch: 50 },
  },
  seasons: {
    what: "four arms; levels double half-way, days of the week differ; floor of 2 %",
    bandit: () => createBandit(arms(4), { thompson }, floored),
    world: {
      base: 0.08,
      arms: { a1: 0.12, a2: 0.16 },
      drift: [{ kind: "switch", day: 5, by: 0.8 }],
      seasons: [{ weekdays: [0.4, 0, 0, 0, -0.2, 0, 0.4] }],
      arrivals: { perDay: 400 },
    },
    options: { rounds: 4_000, batch: 50 },
  },
  delays: {
    what: "four arms, rewards a day late, in batches of 200; floor of 2 %",
    bandit: () => createBandit(arms(4), { thompson }, floored),
    world: {
      base: 0.2,
      arms: { a1: 0.3 },
      delay: { kind: "fixed", meanHours: 24 },
      arrivals: { perDay: 400 },
    },
    options: { rounds: 4_000, batch: 200 },
  },
  segments: {
    what: "three messages by two channels, two segments that want different ones, `factorial`; floor of 2 %",
    bandit: () =>
      createBandit(campaign, { thompson }, { model: factorial({ segments, mean: 0.1 }), ...floored }),
    world: {
      base: 0.09,
      segments: { field: "segment", shares: { "deal hunter": 0.4, "brand loyal": 0.6 } },
      effects: [
        { when: { message: "discount", segment: "deal hunter" }, by: 1.1 },
        { when: { message: "story", segment: "brand loyal" }, by: 0.7 },
      ],
    },
    options: { rounds: 3_000, batch: 150 },
  },
  unfloored: {
    what: "ten arms at .10, one of them at .12; no floor",
    bandit: () => createBandit(arms(10), { thompson }),
    world: { base: 0.1, arms: { a3: 0.12 } },
    options: { rounds: 10_000, batch: 100 },
    told: { atLeast: 0.9 },
  },
  givenUp: {
    what: "three arms at .1, one at .6; no floor",
    bandit: () => createBandit(arms(4), { thompson }),
    world: { base: 0.1, arms: { a2: 0.6 } },
    options: { rounds: 3_000, batch: 50 },
    told: { atMost: 0.1 },
  },
};

const rowOf = ([name, { what, bandit, world, options, told = { atLeast: 1, exact: true } }]) => ({
  key: `gain/${name}`,
  group: "What a run gained over uniform play: 95 % intervals from the log alone, held against the truth",
  what,
  runs: 200,
  figures: [
    { name: "told", ...told, digits: 3 },
    { name: "not wrong", atLeast: 0.95, digits: 3 },
    { name: "error / standard error", digits: 2 },
  ],
  measure({ seed }) {
    const state = bandit();
    const log = [...simulateRounds(state, world, { ...options, seed })];
    const experiment = name === "segments" ? campaign : arms(state.setup.arms.length);
    const { gain } = banditRun({ experiment, log });
    const truth = log.reduce((sum, { expected }) => sum + expected.chosen - expected.uniform, 0);
    const ok = gain.status === "ok";
    return {
      told: Number(ok),
      "not wrong": Number(!ok || (gain.interval[0] <= truth && truth <= gain.interval[1])),
      "error / standard error": ok ? (gain.value - truth) / gain.standardError : 0,
    };
  },
});

/** Rows on what can be said of a run's gain without knowing the truth. */
export const rows = Object.entries(worlds).map(rowOf);
