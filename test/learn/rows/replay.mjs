import { join } from "node:path";
import { defineExperiment } from "essai";
import { bernoulli, createBandit, hierarchical, linear, policies } from "essai/bandits";
import { duckdb } from "essai/engines/duckdb";
import { replayLabelled, replayLog, tableContexts } from "essai/simulation";

// Protocols of the reference set: batches of 50, random orders of the rows, one a run.
const group = "Replay of public data: reward a round";
const email = "hillstrom.csv.gz";
const mushrooms = "mushroom.csv.gz";
const adult = "adult.csv.gz";

const features = {
  [email]: ["recency", "history", "mens", "womens", "newbie", "zip_code", "channel", "history_segment"],
  [adult]: [
    ...[
      "age",
      "education-num",
      "capital-gain",
      "capital-loss",
      "hours-per-week",
      "workclass",
      "marital-status",
    ],
    ...["relationship", "race", "sex", "income"],
  ],
};
const logs = ["history", "capital-gain", "capital-loss"];

const tables = new Map();

/** A file's columns, read once a process. */
async function tableOf(data, file) {
  if (tables.has(file)) return tables.get(file);
  const engine = await duckdb({ threads: 1 });
  try {
    const { sql, columns } = await engine.open({ file: join(data, file) }, ["data"]);
    const rows = await engine.query(`SELECT * FROM ${sql}`);
    const values = Object.fromEntries(columns.map(({ name }) => [name, rows.map((row) => row[name])]));
    tables.set(file, values);
    return values;
  } finally {
    await engine.close();
  }
}

const contextsOf = (table, names) =>
  tableContexts(names.map((name) => ({ name, values: table[name], log: logs.includes(name) })));

const banditOf = (arms, { policy = "thompson", settings, model }) =>
  createBandit(
    defineExperiment({
      ...{ key: "replay", unit: "row", control: arms[0], policy },
      variants: Object.fromEntries(arms.map((arm) => [arm, null])),
    }),
    policies,
    { model, ...(settings ? { settings } : {}) },
  );

/** Arms are the labels of a column; the right one is worth 1. */
async function classified({ seed, data }, file, label, { rows, ...made }, modelOf) {
  const table = await tableOf(data, file);
  const arms = [...new Set(table[label])].sort();
  const names = features[file] ?? Object.keys(table).filter((name) => name !== label);
  const { features: read, contexts } = contextsOf(table, names);
  const rewards = new Map(arms.map((arm) => [arm, arms.map((each) => (each === arm ? 1 : 0))]));
  const labelled = table[label].map((text, i) => ({ context: contexts[i], rewards: rewards.get(text) }));
  const bandit = banditOf(arms, { ...made, model: modelOf(read) });
  const { reward } = replayLabelled(bandit, labelled, {
    seed,
    orders: 1,
    quick: true,
    ...(rows ? { rows } : {}),
  });
  return { reward };
}

/** The e-mail test, rows drawn at random among three arms: rejection replay on visits. */
async function mailed({ seed, data }, made, modelOf, segment) {
  const table = await tableOf(data, email);
  const arms = [...new Set(table.segment)].sort();
  const { features: read, contexts } = contextsOf(table, features[email]);
  const context = (i) => (segment ? { segment: table[segment][i] } : contexts[i]);
  const logged = table.segment.map((action, i) => ({
    context: context(i),
    action,
    reward: Number(table.visit[i]),
  }));
  const levels = segment ? [...new Set(table[segment])].sort() : [];
  const bandit = banditOf(arms, { ...made, model: modelOf(read, { field: "segment", levels }) });
  const { reward } = replayLog(bandit, logged, { seed, orders: 1 });
  return { reward };
}

const row = (key, data, what, runs, bar, reference, measure) => ({
  ...{ key: `replay/${key}`, group, what, runs, data, measure },
  figures: [
    {
      ...{ name: "reward", digits: 4, reference },
      ...(bar === undefined ? {} : { atLeast: bar }),
    },
  ],
});
const plain = { value: 0.1805, maker: "plain Thompson" };
const horizon = 21_300;

/** Rows on replays of data that anyone can fetch; the page keeps their last results where the files are not at hand. */
export const rows = [
  row("email/bernoulli", email, "e-mail visits, `bernoulli()`, Thompson", 20, 0.1805, plain, (tools) =>
    mailed(tools, {}, () => bernoulli()),
  ),
  row(
    "email/sharpened",
    email,
    "e-mail visits, `bernoulli()`, `sharpened({ horizon })`",
    20,
    0.1805,
    plain,
    (tools) => mailed(tools, { policy: "sharpened", settings: { horizon } }, () => bernoulli()),
  ),
  row(
    "email/hierarchical-thompson",
    email,
    "e-mail visits, `hierarchical()` over channels, Thompson",
    40,
    0.1805,
    plain,
    (tools) => mailed(tools, {}, (_, segments) => hierarchical({ segments }), "channel"),
  ),
  row(
    "email/hierarchical",
    email,
    "e-mail visits, `hierarchical()` over channels, `sharpened({ horizon })`",
    40,
    0.1805,
    plain,
    (tools) =>
      mailed(
        tools,
        { policy: "sharpened", settings: { horizon } },
        (_, segments) => hierarchical({ segments }),
        "channel",
      ),
  ),
  row(
    "email/linear",
    email,
    "e-mail visits, `linear()` on eight columns, `sharpened({ horizon })`",
    40,
    0.1805,
    { value: 0.179, maker: "MABWiser LinTS, best of its settings" },
    (tools) =>
      mailed(tools, { policy: "sharpened", settings: { horizon } }, (read) => linear({ features: read })),
  ),
  row(
    "mushroom/linear",
    mushrooms,
    "mushrooms (2 labels, 8,124 rows), `linear()`, Thompson",
    5,
    0.994,
    { value: 0.9944, maker: "MABWiser LinTS, best of its settings" },
    (tools) => classified(tools, mushrooms, "class", {}, (read) => linear({ features: read })),
  ),
  row(
    "adult/linear",
    adult,
    "occupations (15 labels, 20,000 rows), `linear()`, `sharpened({ horizon })`",
    40,
    0.34,
    { value: 0.3397, maker: "MABWiser, best of its settings" },
    (tools) =>
      classified(
        tools,
        adult,
        "occupation",
        { rows: 20_000, policy: "sharpened", settings: { horizon: 20_000 } },
        (read) => linear({ features: read }),
      ),
  ),
];
