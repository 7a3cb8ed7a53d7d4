// npm run calibrate -- segments [--replications N] [words]: planted segments and policies, and worlds without any. How often a
// segment is named, how often by exactly the planted rule, how often intervals hold the planted value, and the bars. A run
// rewrites the rows of its worlds in docs/calibration-segments.md. --state FILE keeps each run as it ends: the same call again goes on
// where it was stopped.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

const page = resolve(fileURLToPath(new URL("../..", import.meta.url)), "docs/calibration-segments.md");
const planted = ["a000", "a001", "a002"];
const covers = { from: 0.94, to: 0.96 };

export const segmentWorlds = [
  ...[
    { key: "three of 200", units: 9000, attributes: 200, effect: 0.6, named: { from: 0.8 } },
    { key: "none of 200", units: 9000, attributes: 200, effect: 0, named: { to: 0.05 } },
    { key: "three of 40", units: 8000, attributes: 40, effect: 0.6, named: { from: 0.8 } },
    { key: "three of 40, fewer units", units: 5000, attributes: 40, effect: 0.6 },
    { key: "none of 40", units: 3000, attributes: 40, effect: 0, named: { to: 0.05 } },
  ].map((world) => ({ ...world, run: runSegments })),
  { key: "policies", units: 3000, attributes: 5, run: runPolicies },
  { key: "budget", units: 3000, attributes: 5, run: runBudget },
  { key: "policies, 20 events in an arm", units: 9000, attributes: 5, run: runRare },
  // Public data, read from the folder that --data names; they are not part of the repository.
  { key: "e-mail", units: 64_000, attributes: 8, data: "hillstrom.csv.gz", replications: 1, run: runMail },
  { key: "census", units: 32_561, attributes: 13, data: "adult.csv.gz", replications: 40, run: runLogged },
  {
    key: "mushrooms",
    units: 8124,
    attributes: 22,
    data: "mushroom.csv.gz",
    replications: 40,
    run: runLogged,
  },
];

const read = new Map();

/** Columns of a file: numbers where all of them are. */
function columnsOf(file) {
  const known = read.get(file);
  if (known) return known;
  const [head, ...cells] = parse(gunzipSync(readFileSync(file)).toString("utf8"), { trim: true });
  const columns = Object.fromEntries(
    head.map((name, j) => {
      const own = cells.map((row) => row[j]);
      return [name, own.every((cell) => cell !== "" && !Number.isNaN(Number(cell))) ? own.map(Number) : own];
    }),
  );
  read.set(file, columns);
  return columns;
}

const certain = { from: 1 };

/** The e-mail campaign: what is known of it, and that nothing more is claimed. */
function runMail(world, random, { discoverSegments, policyValues }) {
  const { segment: variant, visit, conversion: _, spend, ...attributes } = columnsOf(world.file);
  const common = { variant, attributes, control: "No E-Mail", random };
  const womens = { treatments: ["Womens E-Mail"] };
  const [paid] = discoverSegments({
    ...common,
    ...womens,
    outcome: visit,
    costs: { "Womens E-Mail": 0.05 },
  }).treatments;
  const rules = [{ when: { attribute: "womens", eq: 1 }, variant: "Womens E-Mail" }];
  const valued = policyValues({
    ...{ ...common, ...womens, outcome: visit, costs: { "Womens E-Mail": 0.05 } },
    policies: { womens: { rules, otherwise: "No E-Mail" } },
  });
  const named = (found) => found.segments.map(({ condition }) => JSON.stringify(condition));
  const both = ['"attribute":"mens","eq":1', '"attribute":"womens","eq":1'];
  const [mens] = discoverSegments({ ...common, treatments: ["Mens E-Mail"], outcome: visit }).treatments;
  const spent = discoverSegments({ ...common, outcome: spend }).treatments;
  const free = [visit, spend].map((outcome) => policyValues({ ...common, outcome }).tree);
  return {
    "Womens at .05: only `womens = 1`": {
      is: named(paid).join() === '{"attribute":"womens","eq":1}',
      bar: certain,
    },
    "its gain: .0131 in the interval, above 0": {
      is:
        paid.segments[0] !== undefined &&
        paid.segments[0].gain.interval[0] > 0 &&
        within(paid.segments[0].gain.interval, 0.0131),
      bar: certain,
    },
    "nobody .1062, the rule .1193, to .0005": {
      is:
        Math.abs(valued.single["No E-Mail"].value.value - 0.1062) < 0.0005 &&
        Math.abs(valued.policies.womens.value.value - 0.1193) < 0.0005,
      bar: certain,
    },
    "Mens on visits: only `mens = 1` and `womens = 1`": {
      is: mens.segments.length === 1 && both.every((each) => named(mens)[0].includes(each)),
      bar: certain,
    },
    "spend: no segment": { is: spent.every(({ segments }) => segments.length === 0), bar: certain },
    "no tree is claimed to beat one variant, on visits or spend": {
      is: free.every(({ overBest }) => overBest.interval[0] <= 0),
      bar: certain,
    },
  };
}

/** Labels as what two actions earn, one of which is logged at random: what a rule and one action are worth, against all labels. */
function runLogged(world, random, { policyValues }) {
  const { income, class: kind, ...attributes } = columnsOf(world.file);
  const labels = income ?? kind;
  const [one, other] = income ? ["<=50K", ">50K"] : ["e", "p"];
  const rule = income
    ? { when: { attribute: "education-num", gte: 13 }, variant: other }
    : { when: { attribute: "odor", eq: "n" }, variant: one };
  const otherwise = income ? one : other;
  const meets = (i) => (income ? attributes["education-num"][i] >= 13 : attributes.odor[i] === "n");
  const variant = labels.map(() => (random.next() < 0.5 ? one : other));
  const outcome = labels.map((label, i) => (label === variant[i] ? 1 : 0));
  const { policies, single } = policyValues({
    ...{
      variant,
      outcome,
      attributes,
      control: one,
      random,
      tree: false,
      shares: { [one]: 0.5, [other]: 0.5 },
    },
    policies: { rule: { rules: [rule], otherwise } },
  });
  const share = (is) => labels.filter(is).length / labels.length;
  const near = ({ value, standardError }, truth) => Math.abs(value - truth) <= 2 * standardError;
  const truth = share((label, i) => label === (meets(i) ? rule.variant : otherwise));
  const bar = { from: 0.95 };
  return {
    "a rule, within 2 standard errors of all labels": { is: near(policies.rule.value, truth), bar },
    "one action, too": {
      is: near(
        single[one].value,
        share((label) => label === one),
      ),
      bar,
    },
  };
}

const listOf = (n) => (draw) => Array.from({ length: n }, draw);
const within = ([low, high], truth) => low <= truth && truth <= high;

/** A quarter of the attributes are numbers, the others 0 or 1. */
function attributesOf({ units, attributes }, random) {
  const list = listOf(units);
  return Object.fromEntries(
    Array.from({ length: attributes }, (_, j) => [
      `a${String(j).padStart(3, "0")}`,
      list(() => (j % 4 === 3 ? Math.round(100 * random.next()) : random.next() < 0.5 ? 1 : 0)),
    ]),
  );
}

const isPlanted = ({ condition }) =>
  condition.all?.length === planted.length &&
  planted.every((name) => condition.all.some((each) => each.attribute === name && each.eq === 1));

/** Two units in five are treated; those with three attributes gain. Says whether a segment was named, and what it says. */
function runSegments(world, random, { discoverSegments, sampleNormal }) {
  const attributes = attributesOf(world, random);
  const treated = listOf(world.units)(() => random.next() < 0.4);
  const outcome = treated.map((each, i) => {
    const hit = each && planted.every((name) => attributes[name][i] === 1);
    return sampleNormal(random) + 0.3 * attributes.a004[i] + (hit ? world.effect : 0);
  });
  const variant = treated.map((each) => (each ? "treatment" : "control"));
  const costs = { treatment: 0.1 };
  const found = discoverSegments({ variant, outcome, attributes, control: "control", costs, random });
  const { segments } = found.treatments[0];
  const hit = segments.find(isPlanted);
  return {
    named: { is: segments.length > 0, ...(world.named ? { bar: world.named } : {}) },
    ...(world.effect === 0 ? {} : { "named exactly": { is: hit !== undefined } }),
    ...(hit && {
      "effect in the interval": { is: within(hit.inside.interval, world.effect), bar: covers },
      "gain in the interval": { is: within(hit.gain.interval, (world.effect - 0.1) / 8), bar: covers },
    }),
  };
}

/** Three variants; "a" is good for one half, "b" for a quarter, and everyone pays. */
function runPolicies(world, random, { policyValues, sampleNormal }) {
  const attributes = attributesOf(world, random);
  const variant = listOf(world.units)(() => ["none", "a", "b"][Math.floor(3 * random.next())]);
  const [a, b] = [
    (i) => attributes.a000[i] === 1,
    (i) => attributes.a000[i] === 0 && attributes.a001[i] === 1,
  ];
  const outcome = variant.map((arm, i) => {
    const effect = arm === "a" ? (a(i) ? 1 : -2) : arm === "b" ? (b(i) ? 1 : -1) : 0;
    return effect + 0.02 * attributes.a003[i] + sampleNormal(random);
  });
  const rules = [
    { when: { attribute: "a000", eq: 1 }, variant: "a" },
    { when: { attribute: "a001", eq: 1 }, variant: "b" },
  ];
  const { single, policies, tree } = policyValues({
    ...{ variant, outcome, attributes, control: "none", random, costs: { a: 0.2, b: 0.1 } },
    policies: { planted: { rules, otherwise: "none" } },
  });
  // Half of the units gain 1 less .2, a quarter 1 less .1; scores of 0 to 100 average 50.
  const gain = 0.5 * 0.8 + 0.25 * 0.9;
  return {
    "value of rules in the interval": { is: within(policies.planted.value.interval, 1 + gain), bar: covers },
    "their gain over control": { is: within(policies.planted.overControl.interval, gain), bar: covers },
    "value of everyone the same": { is: within(single.a.value.interval, 0.3), bar: covers },
    "value of the best tree": { is: within(tree.overControl.interval, gain), bar: covers },
  };
}

/** One unit in ten is treated, and 20 events are expected there: rare outcomes in unequal arms. */
function runRare(world, random, { policyValues }) {
  const attributes = attributesOf(world, random);
  const variant = listOf(world.units)(() => (random.next() < 0.1 ? "mail" : "none"));
  const outcome = variant.map((arm, i) => {
    const rate = arm === "mail" ? (attributes.a000[i] === 1 ? 0.06 : 0.02) : 0.02;
    return random.next() < rate ? 1 : 0;
  });
  const rules = [{ when: { attribute: "a000", eq: 1 }, variant: "mail" }];
  const { single, policies } = policyValues({
    ...{ variant, outcome, attributes, control: "none", random, tree: false },
    policies: { planted: { rules, otherwise: "none" } },
  });
  return {
    "value of rules in the interval": { is: within(policies.planted.value.interval, 0.04), bar: covers },
    "their gain over control": { is: within(policies.planted.overControl.interval, 0.02), bar: covers },
    "value of everyone the same": { is: within(single.mail.value.interval, 0.04), bar: covers },
  };
}

/** The same three variants; a budget for about a third of what pays, and what those truly gain who get something for it. */
function runBudget(world, random, { budgetValues, sampleNormal }) {
  const attributes = attributesOf(world, random);
  const variant = listOf(world.units)(() => ["none", "a", "b"][Math.floor(3 * random.next())]);
  const effectOf = (arm, i) => (arm === "a" ? (attributes.a000[i] === 1 ? 0.6 : 0) : arm === "b" ? 0.3 : 0);
  const outcome = variant.map(
    (arm, i) => effectOf(arm, i) + 0.02 * attributes.a003[i] + sampleNormal(random),
  );
  const given = { variant, outcome, attributes, control: "none", random, costs: { a: 0.2, b: 0.2 } };
  const { plan, treatments } = budgetValues({ ...given, budget: 0.1 * world.units });
  const truth = plan.variants.reduce((sum, arm, i) => sum + effectOf(arm, i), 0) / world.units;
  const [a] = treatments;
  return {
    "gain of a budget in the interval": { is: within(plan.gain.interval, truth), bar: covers },
    "gain by choosing is shown": { is: plan.targeting.interval[0] > 0 },
    'effects by "a" are told beforehand': { is: a.tells.pValue < 0.05 },
    'so are those by "b", where all are alike': { is: treatments[1].tells.pValue < 0.05, bar: { to: 0.05 } },
  };
}

const percent = (x) => `${(100 * x).toFixed(1)} %`;

/** What earlier runs of a seed said, by world and number, and where the next ones are written. */
function stateOf(file, seed) {
  const known = new Map();
  if (file === undefined) return { known, keep: () => undefined };
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
  for (const line of lines) {
    const { seed: own, world, i, said } = JSON.parse(line);
    if (own === seed) known.set(`${world} ${i}`, said);
  }
  const keep = (world, i, said) => appendFileSync(file, `${JSON.stringify({ seed, world, i, said })}\n`);
  return { known, keep };
}

/** One row per figure of every world: how often, of how many runs, with the Monte-Carlo error and whether it holds its bar. */
export function segmentTable(
  { seed, replications = 200, words = [], data, state },
  essai,
  onRow = () => undefined,
) {
  const rows = [];
  const { known, keep } = stateOf(state, seed);
  for (const world of segmentWorlds) {
    if (words.length > 0 && !words.some((word) => world.key.startsWith(word))) continue;
    if (world.data && !data) continue;
    const figures = new Map();
    const file = world.data && join(data, world.data);
    for (let i = 0; i < Math.min(replications, world.replications ?? replications); i++) {
      const random = () => essai.randomSource(`${seed} ${world.key} ${i}`);
      const before = known.get(`${world.key} ${i}`);
      const said = before ?? world.run({ ...world, file }, random(), essai);
      if (!before) keep(world.key, i, said);
      for (const [figure, { is, bar }] of Object.entries(said)) {
        const own = figures.get(figure) ?? { bar, runs: 0, times: 0 };
        figures.set(figure, { ...own, runs: own.runs + 1, times: own.times + (is ? 1 : 0) });
      }
    }
    for (const [figure, { bar, runs, times }] of figures) {
      const [share, edge] = [times / runs, bar?.from ?? bar?.to ?? times / runs];
      const error = Math.sqrt((edge * (1 - edge)) / runs);
      const held =
        (bar?.from === undefined || share >= bar.from - 3 * error) &&
        (bar?.to === undefined || share <= bar.to + 3 * error);
      const row = { world: world.key, units: world.units, attributes: world.attributes, figure, runs, share };
      rows.push({ ...row, error, bar, held });
      onRow(rows.at(-1));
    }
  }
  return rows;
}

const barTold = (bar) =>
  bar === undefined
    ? ""
    : [
        bar.from === undefined ? [] : [`≥ ${percent(bar.from)}`],
        bar.to === undefined ? [] : [`≤ ${percent(bar.to)}`],
      ]
        .flat()
        .join(", ");

const lineOf = ({ world, units, attributes, figure, runs, share, error, bar, held }) =>
  `| ${world} | ${units} | ${attributes} | ${figure} | ${percent(share)} | ${runs} | ${percent(error)} | ${barTold(bar)} | ${
    bar === undefined ? "" : held ? "held" : "MISSED"
  } |`;

/** Writes rows into the page, in place of those of the same worlds. */
export function writeSegmentRows(rows, about) {
  const before = readFileSync(page, "utf8");
  const kept = before.split("\n").filter((line) => /^\| [^|-]/.test(line) && !line.startsWith("| world |"));
  const own = new Set(rows.map(({ world }) => world));
  const lines = segmentWorlds.flatMap(({ key }) =>
    own.has(key)
      ? rows.filter(({ world }) => world === key).map(lineOf)
      : kept.filter((line) => line.startsWith(`| ${key} |`)),
  );
  const head = before.slice(0, before.indexOf("| world |")).replace(/^essai .*$/m, about);
  const table = [
    "| world | units | attributes | figure | | runs | error | bar | |",
    "|---|--:|--:|---|--:|--:|--:|---|---|",
  ];
  writeFileSync(page, `${head}${[...table, ...lines].join("\n")}\n`);
}

/** Prints every world and writes its rows into the page; how many bars are missed by more than three Monte-Carlo errors. */
export function printSegments({ seed, replications, words, data, state, about }, essai) {
  const rows = segmentTable({ seed, replications, words, data, state }, essai, (row) =>
    console.log(lineOf(row)),
  );
  writeSegmentRows(rows, about);
  return rows.filter(({ held }) => !held).length;
}
