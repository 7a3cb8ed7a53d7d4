import { defineExperiment } from "essai";
import { createBandit, factorial, policies } from "essai/bandits";
import { simulateBandit } from "essai/simulation";

const ROUNDS = 50_000;
const EARLY = 5_000;
const segments = ["deal_hunter", "brand_loyal", "just_browsing"];
const factors = {
  message: ["discount", "new_arrivals", "social_proof", "story"],
  channel: ["email", "push", "sms"],
  time: ["morning", "noon", "evening", "night"],
};

/** Coefficients of the reference set's marketing world, in log-odds: by level, or by pair of levels. */
const coefficients = {
  segment: [0.2, 0.5, -0.4],
  message: [0.15, 0, 0.05, -0.15],
  channel: [0.1, 0, -0.1],
  time: [0, 0.05, 0.2, -0.25],
  "segment message": [
    [0.75, -0.2, 0, -0.4],
    [-0.35, 0.5, 0.05, 0.35],
    [0, -0.1, 0.45, 0.1],
  ],
  "segment channel": [
    [0, 0.25, 0.15],
    [0.35, -0.1, -0.4],
    [-0.1, 0.3, -0.5],
  ],
  "segment time": [
    [0, 0.2, 0, -0.1],
    [0.25, 0, -0.1, 0],
    [-0.2, 0, 0.35, 0.2],
  ],
  "message channel": [
    [0, 0.1, 0.3],
    [0.2, 0, -0.2],
    [0, 0.15, -0.1],
    [0.3, -0.2, -0.3],
  ],
  "channel time": [
    [0.15, 0, 0, -0.1],
    [-0.1, 0.05, 0.2, 0],
    [0, 0.1, 0, -0.3],
  ],
};

const levels = { segment: segments, ...factors };
const effects = Object.entries(coefficients).flatMap(([names, values]) => {
  const [first, second] = names.split(" ");
  return values.flatMap((value, i) =>
    (Array.isArray(value) ? value : [value]).map((by, j) => ({
      when: { [first]: levels[first][i], ...(second ? { [second]: levels[second][j] } : {}) },
      by,
    })),
  );
});

/** The world: 48 actions, three segments, clicks of 2 to 21 %. */
export const world = {
  base: 1 / (1 + Math.exp(3.4)),
  segments: { field: "segment", shares: { deal_hunter: 0.4, brand_loyal: 0.25, just_browsing: 0.35 } },
  effects,
};

const definition = defineExperiment({ key: "marketing", unit: "userId", factors, policy: "sharpened" });

function played(seed, batch, rounds) {
  const bandit = createBandit(definition, policies, {
    settings: { horizon: ROUNDS },
    model: factorial({ segments: { field: "segment", levels: segments }, mean: 0.05 }),
  });
  const how = batch === 1 ? { quick: true } : { batch };
  const { regret, periods } = simulateBandit(bandit, world, { seed, rounds, periodHours: 1, ...how });
  // Of the hour in which the 5,000th round falls, its part.
  let [early, left] = [0, EARLY];
  for (const { rounds, regret } of periods) {
    early += regret * Math.min(1, left / rounds);
    left = Math.max(0, left - rounds);
  }
  return { "regret after 5,000": early, ...(rounds === ROUNDS ? { "regret after 50,000": regret } : {}) };
}

const maker = "best of nine reference policies, learned one by one";
/** @param whole  runs that are played to the end; the others only until the first figure */
const row = (batch, runs, whole = runs, digits = 0) => ({
  key: `marketing/batch${batch}`,
  group: "Four messages × three channels × four dayparts, three segments, with interactions: 50,000 rounds",
  what: `\`factorial\` + \`sharpened({ horizon })\`, ${batch === 1 ? "learned one by one (`quickDecide`)" : `batches of ${batch}`}`,
  runs,
  figures: [
    { name: "regret after 5,000", digits, reference: { value: 185.1, maker }, atMost: 185 },
    { name: "regret after 50,000", digits, reference: { value: 423, error: 57.1, maker }, atMost: 420 },
    { name: "regret after 50,000", statistic: "p90", digits, atMost: 700 },
  ],
  measure: ({ seed, run }) => played(seed, batch, run < whole ? ROUNDS : EARLY),
});

/** Rows on the reference set's marketing world. */
export const rows = [row(1, 200, 108), row(500, 200)];
