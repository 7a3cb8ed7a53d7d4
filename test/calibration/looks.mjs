// npm run calibrate -- looks [--seed S --state FILE] [--replications N] [words]: whole reports, read again and again while data
// come in. How often they ship or stop at any look, with nothing to find and with something, and the bars; a whole run rewrites
// docs/calibration-looks.md. With a state, experiments that a run of the same seed has counted are not made again.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { analyze } from "../../dist/analysis/index.js";
import { defineExperiment } from "../../dist/index.js";
import { randomSource, sampleBinomial } from "../../dist/random/index.js";

const top = fileURLToPath(new URL("../..", import.meta.url));
const goal = (more = {}) => ({ key: "order", type: "conversion", role: "goal", ...more });
const five = [
  ...["a", "b", "c"].map((key) => ({ key, type: "conversion", role: "goal" })),
  ...["d", "e"].map((key) => ({ key, type: "conversion", role: "guardrail", better: "lower", margin: 0.5 })),
];
const many = { looks: "any", units: 40_000 };

/**
 * Every world: units of both arms that come in between two looks, the conversion rates (one per metric, or per arm), the
 * plans that read it, and the most that a null may be called something, or the least that an effect has to be found.
 */
const nulls = (units, rate, looks, extra = {}) => ({
  units,
  rates: [[rate, rate]],
  looks,
  most: 0.05,
  ...extra,
});
export const lookWorlds = {
  "null / 20 looks": {
    ...nulls([1000, 1000], 0.05, 20),
    plans: {
      any: { looks: "any" },
      "any, units": many,
      unstated: {},
      spending: { looks: 20, units: 40_000 },
      futility: { looks: 20, units: 40_000, futility: {} },
      "binding futility": { looks: 20, units: 40_000, futility: { binding: true } },
      "spending, pocock": { looks: 20, units: 40_000, spending: { type: "pocock" } },
      equal: { looks: 20 },
    },
  },
  "null / 20 looks of 20 and 20 at 1 %": {
    ...nulls([20, 20], 0.01, 20),
    plans: { any: { looks: "any" }, spending: { looks: 20, units: 800 }, equal: { looks: 20 } },
  },
  "null / 20 looks of 36 and 4 at 1 %": {
    ...nulls([36, 4], 0.01, 20),
    plans: { any: { looks: "any" }, spending: { looks: 20, units: 800 }, equal: { looks: 20 } },
  },
  "null / 20 looks of 4 and 36 at 1 %": {
    ...nulls([4, 36], 0.01, 20),
    plans: { any: { looks: "any" }, spending: { looks: 20, units: 800 } },
  },
  "null / 20 looks of 900 and 100 at 5 %": {
    ...nulls([900, 100], 0.05, 20),
    plans: { any: { looks: "any" }, spending: { looks: 20, units: 20_000 } },
  },
  "null / 1,000 looks of 20 and 20 at 5 %": {
    ...nulls([20, 20], 0.05, 1000),
    plans: { any: { looks: "any" } },
    fewer: 5,
  },
  "null / three goals, two guardrails, 20 looks": {
    ...{ units: [1000, 1000], rates: five.map(() => [0.05, 0.05]), looks: 20, most: 0.05, metrics: five },
    plans: { any: { looks: "any" }, spending: { looks: 20, units: 40_000 } },
  },
  "+10 % on 5 % / 20 looks": {
    ...{ units: [1000, 1000], rates: [[0.05, 0.055]], looks: 20 },
    plans: {
      any: { looks: "any" },
      "any, units": many,
      unstated: {},
      spending: { looks: 20, units: 40_000 },
      futility: { looks: 20, units: 40_000, futility: {} },
      "binding futility": { looks: 20, units: 40_000, futility: { binding: true } },
      equal: { looks: 20 },
    },
    least: { "any, units": 0.285, spending: 0.58 },
  },
  "+10 % on 5 %, smallest 10 % / 20 looks": {
    ...{ units: [1000, 1000], rates: [[0.05, 0.055]], looks: 20, metrics: [goal({ smallest: 0.1 })] },
    plans: { "any, units": many },
    least: { "any, units": 0.36 },
  },
};

/** One experiment under one plan: the first verdict that ships, stops or gives up, and the share of the looks that it took. */
async function verdictOf({ units, rates, looks, metrics = [goal()] }, plan, random) {
  const definition = defineExperiment({
    ...{ key: "looks", unit: "unit", variants: { control: null, b: null }, metrics, plan },
    allocation: { control: units[0] / (units[0] + units[1]), b: units[1] / (units[0] + units[1]) },
  });
  const hits = rates.map(() => [0, 0]);
  for (let look = 1; look <= looks; look++) {
    for (const [metric, rate] of rates.entries())
      for (const [arm, n] of units.entries()) hits[metric][arm] += sampleBinomial(random, n, rate[arm]);
    const cells = units.map((n, arm) => ({
      ...{ variant: arm === 0 ? "control" : "b", definitionVersion: 1, levels: [], units: n * look },
      moments: hits.map((each) => {
        const mean = each[arm] / (n * look);
        return { n: n * look, names: ["value"], mean: [mean], comoment: [n * look * mean * (1 - mean)] };
      }),
    }));
    const { recommendation } = await analyze({
      experiment: definition,
      source: {
        kind: "cells",
        read: async () => ({
          format: "essai.cells/1",
          experiment: "looks",
          dimensions: [],
          metrics: metrics.map(({ key }) => key),
          cells,
          excluded: {},
        }),
      },
    });
    const { action, rule } = recommendation;
    // What a plan gives up ends there.
    if (action === "ship" || action === "stop" || rule === "futile") return { action, used: look / looks };
  }
  return { action: "none", used: 1 };
}

/**
 * @param options.seed          makes other experiments
 * @param options.replications  experiments of every row
 * @param options.words         worlds whose name begins with one of them; default all
 * @param options.known         what runs before have counted, by row; what is counted now is added to it
 * @param options.keep          called whenever a row has grown
 * @returns one row per world and plan
 */
export async function lookTable({ seed, replications, words = [], known = {}, keep = () => undefined }) {
  const rows = [];
  for (const [world, given] of Object.entries(lookWorlds)) {
    if (words.length > 0 && !words.some((word) => world.startsWith(word))) continue;
    for (const [name, plan] of Object.entries(given.plans)) {
      const runs = Math.ceil(replications / (given.fewer ?? 1));
      const counts = { runs: 0, looked: 0, ship: 0, stop: 0, enough: 0, none: 0 };
      const key = `${seed} / ${world} / ${name}`;
      Object.assign(counts, known[key]);
      // A row that had more already keeps what it has.
      const all = Math.max(runs, counts.runs);
      while (counts.runs < runs) {
        const random = randomSource(`${seed} ${world} ${counts.runs}`);
        const { action, used } = await verdictOf(given, plan, random);
        counts[action] += 1;
        counts.looked += used;
        counts.runs += 1;
        if (counts.runs % slice === 0 || counts.runs === runs) {
          known[key] = { ...counts };
          keep();
        }
      }
      const [ship, stop] = [counts.ship / all, counts.stop / all];
      const least = given.least?.[name];
      const share = given.most === undefined ? ship : ship + stop;
      const error = Math.sqrt(Math.max(share * (1 - share), 0.05 * 0.95) / all);
      const held =
        given.most !== undefined
          ? share <= given.most + 3 * error
          : least === undefined || share >= least - 3 * error;
      rows.push({
        ...{ world, plan: name, runs: all, ship, stop, error },
        given: counts.enough / all,
        used: counts.looked / all,
        bar: given.most ?? least,
        held,
      });
    }
  }
  return rows;
}

/** Experiments after which a row is kept. */
const slice = 200;

const percent = (share) => `${(100 * share).toFixed(2)} %`;

/** Prints the table, and after a whole run writes its page. @returns how many rows miss their bar */
export async function calibrateLooks({ seed, replications = 2000, words = [], state, about }) {
  const known = state !== undefined && existsSync(state) ? JSON.parse(readFileSync(state, "utf8")) : {};
  const keep = () => state !== undefined && writeFileSync(state, JSON.stringify(known));
  const rows = await lookTable({ seed, replications, words, known, keep });
  const lines = rows.map(
    ({ world, plan, runs, ship, stop, given, used, error, bar, held }) =>
      `| ${world} | ${plan} | ${runs.toLocaleString("en")} | ${percent(ship)} | ${percent(stop)} | ${percent(given)} | ${percent(used)} | ${percent(error)} | ${bar === undefined ? "" : `${world.startsWith("null") ? "≤" : "≥"} ${percent(bar)}`} | ${bar === undefined ? "" : held ? "held" : "MISSED"} |`,
  );
  for (const line of lines) console.log(line);
  const missed = rows.filter(({ held }) => !held).length;
  console.log(`${rows.length} rows, ${missed} missed; ${about}`);
  if (words.length === 0)
    writeFileSync(
      resolve(top, "docs/calibration-looks.md"),
      `# Reports that are looked at again and again

Whole reports with default corrections, read at every look until one ships or stops; made by \`npm run calibrate -- looks\`.
${about}

Ship and stop are shares of experiments in which any look said so; a bar is missed beyond three Monte-Carlo errors. A
null has no effect; *given up* counts what futility ended, *looks used* is the average share of the looks. Plans: *any* \`{ looks: "any" }\`, *any, units* the same with \`units: 40000\`, *unstated* says nothing of
looks, *spending* a number of looks with \`units\`, *futility* the same with \`futility: {}\`, *equal* the number alone
([looking](looking.md)). Rows of worlds with more looks have fewer experiments; the error is that of the share that the bar is about.

| world | plan | experiments | ship | stop | given up | looks used | error | bar | |
|---|---|---|---|---|---|---|---|---|---|
${lines.join("\n")}
`,
    );
  return missed;
}
