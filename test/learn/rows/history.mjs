import { defineExperiment } from "essai";
import { createBandit, policies, update, withHistory } from "essai/bandits";
import { simulateBandit } from "essai/simulation";

const ROUNDS = 10_000;
const PAST = 2_000;
const keys = (count) => Array.from({ length: count }, (_, i) => `arm-${String.fromCharCode(97 + i)}`);

/** Rates of the arms now, and what a past of 2,000 rewards an arm said of them. */
const worlds = {
  exchanged5: {
    what: "five arms, best and worst exchanged",
    rates: [0.1, 0.11, 0.12, 0.13, 0.15],
    past: [0.15, 0.11, 0.12, 0.13, 0.1],
  },
  exchanged10: {
    what: "ten arms, best and worst exchanged",
    rates: [0.1, 0.1, 0.11, 0.11, 0.12, 0.12, 0.13, 0.13, 0.14, 0.16],
    past: [0.16, 0.1, 0.11, 0.11, 0.12, 0.12, 0.13, 0.13, 0.14, 0.1],
  },
  overrated: {
    what: "ten arms, every second one overrated by half",
    rates: [0.1, 0.1, 0.11, 0.11, 0.12, 0.12, 0.13, 0.13, 0.14, 0.16],
    past: [0.15, 0.1, 0.165, 0.11, 0.18, 0.12, 0.195, 0.13, 0.21, 0.16],
  },
};

const banditOf = (count) =>
  createBandit(
    defineExperiment({
      key: "season",
      unit: "userId",
      control: keys(count)[0],
      variants: Object.fromEntries(keys(count).map((key) => [key, null])),
      policy: "thompson",
    }),
    policies,
  );

const told = (rates) =>
  rates.flatMap((rate, arm) =>
    Array.from({ length: PAST }, (_, i) => ({
      variant: keys(rates.length)[arm],
      reward: i < rate * PAST ? 1 : 0,
    })),
  );

function played(seed, rates, past, options) {
  const empty = banditOf(rates.length);
  const start = past ? withHistory(empty, update(empty, told(past)), options) : empty;
  const arms = Object.fromEntries(rates.map((rate, i) => [keys(rates.length)[i], rate]));
  const { regret } = simulateBandit(
    start,
    { arms, arrivals: { perDay: 1e9 } },
    { seed, rounds: ROUNDS, quick: true },
  );
  return { regret };
}

const believed = { most: 500 };
const doubted = { most: 500, vague: 0.5 };

const rowsOf = ([name, { what, rates, past }]) => {
  const row = (key, how, history, options, bar = {}) => ({
    key: `history/${name}/${key}`,
    group: "A past that may be wrong, Bernoulli rewards: regret of Thompson over 10,000 rounds",
    what: `${what}: ${how}`,
    runs: 100,
    figures: [{ name: "regret", ...bar }],
    measure: ({ seed }) => played(seed, rates, history, options),
  });
  const none = row("none", "no history");
  return [
    none,
    row("wrong", "this history, `{ most: 500, vague: 0.5 }`", past, doubted, {
      atMostTimes: { row: none.key, times: 2.1 },
    }),
    row("wrong-believed", "this history, `{ most: 500 }`", past, believed),
    row("right", "a right one, `{ most: 500, vague: 0.5 }`", rates, doubted, {
      atMostTimes: { row: none.key, times: 1 },
    }),
  ];
};

/** Rows on what a history saves, and on what a wrong one costs. */
export const rows = Object.entries(worlds).flatMap(rowsOf);
