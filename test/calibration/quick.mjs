// npm run calibrate -- quick [--seed S --replications N word …]: a million quick decisions of every reward model under
// every objective and every policy that has such a draw, against the vector that would be recorded: Pearson's χ², Holm
// over the table. `npm test` runs the same table with fewer decisions.
import { defineExperiment } from "essai";
import {
  createBandit,
  linear,
  logistic,
  net,
  policies,
  probabilities,
  quickDecide,
  rewardModels,
  update,
} from "essai/bandits";
import { chiSquareSurvival } from "essai/distributions";
import { randomSource } from "essai/random";
import { holm } from "essai/stats";
import { modelTrials } from "essai/testing";

/** What p-values, adjusted by Holm over the whole table, may not be below. */
export const BAR = 0.001;

const now = new Date("2026-11-21T12:00:00Z");
const variants = Object.fromEntries([..."abcdefgh"].map((key) => [key, null]));
const crossed = { message: ["one", "two", "three"], channel: ["email", "push"] };
const many = {
  message: ["a", "b", "c", "d"],
  channel: ["e", "f", "g", "h"],
  time: ["i", "j", "k"],
};
const age = { kind: "numeric", field: "age", mean: 40, sd: 15 };
const price = { kind: "numeric", field: "action.price" };
const shared = {
  features: [age],
  shared: [price, { kind: "crossed", a: price, b: age }],
  attributes: Object.fromEntries(Object.keys(variants).map((key, i) => [key, { price: i / 8 }])),
};

/** Every reward model, those with terms that arms share, and one of 48 actions. */
const models = {
  ...Object.fromEntries(
    Object.keys(rewardModels).map((name) => {
      const trial = modelTrials[name];
      return [name, { trial, model: trial.model, ...(trial.factors ? { factors: crossed } : {}) }];
    }),
  ),
  "linear, shared": { trial: modelTrials.linear, model: () => linear(shared) },
  "logistic, shared": { trial: modelTrials.logistic, model: () => logistic(shared) },
  "factorial, 48 actions": {
    trial: modelTrials.factorial,
    model: modelTrials.factorial.model,
    factors: many,
  },
};

/** Objectives: none, values and costs by action and level, and those that a customer brings along. */
const objectives = {
  reward: () => undefined,
  net: ([a, b], [factor, level]) =>
    net({ values: { [a]: 2 }, costs: { [b]: 0.05 }, levels: { [factor]: { [level]: 0.02 } } }),
  "net, by customer": () => net({ customer: "own" }),
};
const policiesTried = {
  thompson: {},
  sharpened: { horizon: 500, most: 3, plain: 0.3 },
};

/** A bandit that has learned a little, so that no action is sure to be the best. */
function bandit({ trial, model, factors }, objective, policy) {
  const definition = factors
    ? defineExperiment({ key: "quick", unit: "userId", factors, policy })
    : defineExperiment({ key: "quick", unit: "userId", control: "a", variants, policy });
  const keys = definition.variants.map(({ key }) => key);
  const level = factors ? ["channel", factors.channel[1]] : ["variant", "c"];
  const made = objective(keys, level);
  const start = createBandit(definition, policies, {
    model: model(),
    settings: policiesTried[policy],
    ...(made ? { objective: made } : {}),
  });
  const random = randomSource(`quick ${trial.model().name}`);
  const outcomes = Array.from({ length: 6 * keys.length }, (_, i) => {
    const context = trial.context?.(random);
    const reward = trial.reward(random, i % keys.length === 2);
    return { variant: keys[i % keys.length], reward, ...(context === undefined ? {} : { context }) };
  });
  const context = { ...trial.context?.(randomSource("context")), own: { costs: { [keys[2]]: 0.03 } } };
  return { state: update(start, outcomes), context, keys };
}

/** Pearson's χ² of counts against a vector; actions that are expected less than ten times are counted together. */
function pValue(counts, vector, n) {
  const often = vector.flatMap((p, i) => (p * n >= 10 ? [[counts[i], p * n]] : []));
  const rest = [0, 1].map((side) => n - often.reduce((sum, pair) => sum + pair[side], 0));
  const cells = rest[1] >= 10 ? [...often, rest] : often;
  if (rest[1] < 10 && rest[0] > 40) return 0;
  if (cells.length < 2) return 1;
  return chiSquareSurvival(
    cells.reduce((sum, [seen, expected]) => sum + (seen - expected) ** 2 / expected, 0),
    cells.length - 1,
  );
}

/**
 * @param options.seed   makes other units
 * @param options.draws  quick decisions of every row
 * @param options.words  rows whose name begins with one of them; default all
 * @param options.choose decides; default `quickDecide`
 * @returns one row per model, objective and policy, with its p-value and Holm's
 */
export function quickTable({ seed, draws, words = [], choose = quickDecide }) {
  const rows = [];
  for (const [model, made] of Object.entries(models))
    for (const [objective, of] of Object.entries(objectives))
      for (const policy of Object.keys(policiesTried)) {
        const name = `${model} / ${objective} / ${policy}`;
        if (words.length > 0 && !words.some((word) => name.startsWith(word))) continue;
        const { state, context, keys } = bandit(made, of, policy);
        // Every second row chooses among some of the actions only.
        const eligible = rows.length % 2 === 1 ? { eligible: keys.filter((_, i) => i % 4 !== 1) } : {};
        const vector = probabilities(state, { context, ...eligible });
        const place = new Map(state.setup.arms.map(({ action }, i) => [action, i]));
        const counts = vector.map(() => 0);
        for (let i = 0; i < draws; i++) {
          const request = { unitId: `u${i}`, occasion: seed, now, context, ...eligible };
          counts[place.get(choose(state, request).action)] += 1;
        }
        rows.push({ name, p: pValue(counts, vector, draws) });
      }
  const adjusted = holm(rows.map(({ p }) => p));
  return rows.map((row, i) => ({ ...row, adjusted: adjusted[i] }));
}

/** Prints the table of a million decisions a row. @returns how many rows miss the bar */
export function calibrateQuick({ seed, replications = 1_000_000, words, about }) {
  const rows = quickTable({ seed, draws: replications, words });
  for (const { name, p, adjusted } of rows)
    console.log(
      `${name.padEnd(52)} p ${p.toFixed(4)}  Holm ${adjusted.toFixed(4)}  ${adjusted >= BAR ? "held" : "MISSED"}`,
    );
  const missed = rows.filter(({ adjusted }) => adjusted < BAR).length;
  console.log(`${rows.length} rows of ${replications} decisions, ${missed} missed; ${about}`);
  return missed;
}
