// npm run calibrate -- power: reports at the size that sampleSizeForDecision plans; how often they ship, beside the plan.

import { analyze } from "../../dist/analysis/index.js";
import { defineExperiment } from "../../dist/index.js";
import { randomSource, sampleBinomial, sampleNormal } from "../../dist/random/index.js";
import { mergeMoments, powerForDecision, sampleSizeForDecision } from "../../dist/stats/index.js";

const order = { key: "order", role: "goal", baseline: 0.1, lift: 0.1 };
const visit = { key: "visit", role: "goal", baseline: 0.4 };
const returned = { key: "return", role: "guardrail", baseline: 0.05, better: "lower", margin: 0.2 };
const complaint = { key: "complaint", role: "guardrail", baseline: 0.02, better: "lower", margin: 0.25 };
const load = { key: "load", role: "guardrail", baseline: 2, variance: 9, better: "lower", margin: 0.03 };
const open = { key: "calls", role: "guardrail", baseline: 0.03, better: "lower" };

/** Plans whose sizes are tried; every treatment is as supposed. */
export const plans = [
  ["one goal", { metrics: [order] }],
  ["one goal, power .9", { metrics: [order], power: 0.9 }],
  ["one goal, one guardrail", { metrics: [order, returned] }],
  ["one goal, three guardrails", { metrics: [order, returned, complaint, load] }],
  ["two goals, one guardrail, one without a margin", { metrics: [order, visit, returned, open] }],
  ["one goal, one guardrail, 3 treatments", { metrics: [order, returned], treatments: 3 }],
  ["one goal, one guardrail, 9 to 1", { metrics: [order, returned], ratio: 1 / 9 }],
  ["one goal, one guardrail, strict", { metrics: [order, returned], strict: true }],
];

function momentsOf(metric, lift, n, source) {
  const mean = metric.baseline * (1 + lift);
  if (metric.variance === undefined) {
    const rate = sampleBinomial(source, n, mean) / n;
    return { n, names: ["value"], mean: [rate], comoment: [n * rate * (1 - rate)] };
  }
  // Mean and variance of n normal values, by their laws; χ² by its own normal limit, near enough at thousands.
  const own = mean + Math.sqrt(metric.variance / n) * sampleNormal(source);
  const m2 = metric.variance * (n - 1) * (1 + Math.sqrt(2 / (n - 1)) * sampleNormal(source));
  return {
    n,
    names: ["value"],
    mean: [own],
    comoment: [m2],
    m3: [0],
    nonzero: [n],
    max: [mean + 4 * Math.sqrt(metric.variance)],
  };
}

async function shipped(plan, size, runs, source) {
  const { treatments = 1, strict, ratio = 1 } = plan;
  const treated = Array.from({ length: treatments }, (_, at) => `b${at + 1}`);
  const whole = 1 + ratio * treatments;
  const experiment = defineExperiment({
    key: "planned",
    unit: "id",
    variants: Object.fromEntries(["control", ...treated].map((key) => [key, null])),
    allocation: Object.fromEntries([["control", 1 / whole], ...treated.map((key) => [key, ratio / whole])]),
    metrics: plan.metrics.map(({ key, role, better, margin, variance }) => ({
      ...{ key, role, type: variance === undefined ? "conversion" : "mean" },
      ...(better ? { better } : {}),
      ...(margin === undefined ? {} : { margin }),
    })),
    plan: { looks: 1, ...(strict ? { strict } : {}) },
  });
  let ships = 0;
  for (let run = 0; run < runs; run++) {
    const cells = ["control", ...treated].map((variant, at) => {
      const n = at === 0 ? size.control : size.treatment;
      const moments = plan.metrics.map((each) => momentsOf(each, at === 0 ? 0 : (each.lift ?? 0), n, source));
      return { variant, definitionVersion: 1, levels: [], units: n, moments };
    });
    const { recommendation } = await analyze({
      experiment,
      source: {
        kind: "made",
        read: async () => ({
          ...{ format: "essai.cells/1", experiment: "planned", dimensions: [] },
          ...{ metrics: plan.metrics.map(({ key }) => key), cells, excluded: {} },
        }),
      },
    });
    if (recommendation.variants[0].action === "ship") ships++;
  }
  return ships / runs;
}

/** @returns how many plans ship more rarely than planned, by more than three Monte-Carlo errors */
export async function calibratePower(seed, runs) {
  let missed = 0;
  console.log("| decision | planned | ships | control | decides |");
  console.log("|---|---|---|---|---|");
  for (const [name, plan] of plans) {
    const size = sampleSizeForDecision(plan);
    const found = await shipped(plan, size, runs, randomSource(seed, name));
    const wanted = plan.power ?? 0.8;
    const error = Math.sqrt((wanted * (1 - wanted)) / runs);
    const held = found > wanted - 3 * error;
    if (!held) missed++;
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `| ${name} | ${percent(wanted)} | ${percent(found)}${held ? "" : " MISSED"} | ${size.control.toLocaleString("en")} | ${size.decides} |`,
    );
  }
  return missed;
}

const small = { key: "order", role: "goal", baseline: 0.05, lift: 0.1 };
const spend = { key: "order", role: "goal", baseline: 10, variance: 400, lift: 0.03 };
const watched = { ...small, smallest: 0.1 };

/** Plans of several looks: the formula's power beside that of whole reports that are read at every look. */
export const lookedPlans = [
  ["one look", { metrics: [small] }, 20_000],
  ["5 looks, O'Brien and Fleming", { metrics: [small], looks: 5 }, 20_000],
  ["20 looks, Pocock", { metrics: [small], looks: 20, spending: { type: "pocock" } }, 20_000],
  ["10 looks, equal shares", { metrics: [small], looks: 10, method: "equal-shares" }, 20_000],
  ["any look, 20 times", { metrics: [small], looks: "any", units: 40_000 }, 20_000],
  ["any look, 20 times, smallest", { metrics: [watched], looks: "any", units: 40_000 }, 20_000],
  ["any look, 20 times, tuned at 5,000", { metrics: [small], looks: "any" }, 30_000],
  ["amounts, 5 looks", { metrics: [spend], looks: 5 }, 60_000],
  ["9 to 1, 5 looks", { metrics: [small], looks: 5, ratio: 1 / 9 }, 90_000],
];

async function shippedOverLooks(plan, control, runs, source) {
  const { ratio = 1, looks = 1, method, spending, units, metrics } = plan;
  const [metric] = metrics;
  const whole = 1 + ratio;
  const read =
    looks === "any"
      ? { looks, method: "always-valid", ...(units ? { units } : {}) }
      : {
          looks,
          ...(method ? { method } : {}),
          ...(spending ? { spending } : {}),
          ...(method === "equal-shares" || looks === 1 ? {} : { units: Math.round(control * whole) }),
        };
  const experiment = defineExperiment({
    ...{ key: "planned", unit: "id", variants: { control: null, b: null } },
    allocation: { control: 1 / whole, b: ratio / whole },
    metrics: [
      {
        ...{ key: "order", role: "goal", type: metric.variance === undefined ? "conversion" : "mean" },
        ...(metric.smallest ? { smallest: metric.smallest } : {}),
      },
    ],
    plan: read,
  });
  const times = looks === "any" ? 20 : looks;
  const variants = ["control", "b"];
  let ships = 0;
  for (let run = 0; run < runs; run++) {
    const sums = variants.map(() => ({ n: 0, moments: undefined }));
    let history = null;
    for (let look = 1; look <= times; look++) {
      const cells = variants.map((variant, at) => {
        const own = sums[at];
        const upTo = Math.round(((at === 0 ? control : control * ratio) * look) / times);
        const more = momentsOf(metric, at === 0 ? 0 : metric.lift, upTo - own.n, source);
        own.moments = own.moments ? mergeMoments(own.moments, more) : more;
        own.n = upTo;
        return { variant, definitionVersion: 1, levels: [], units: upTo, moments: [own.moments] };
      });
      const report = await analyze({
        ...{ experiment, history },
        source: {
          kind: "made",
          read: async () => ({
            ...{ format: "essai.cells/1", experiment: "planned", dimensions: [] },
            ...{ metrics: ["order"], cells, excluded: {} },
          }),
        },
      });
      history = report.looks.history;
      const { action } = report.recommendation;
      if (action === "ship") ships++;
      if (action === "ship" || action === "stop") break;
    }
  }
  return ships / runs;
}

/** @returns how many plans' formulas lie further than one point, and three Monte-Carlo errors, from simulated reports */
export async function calibrateLooks(seed, runs) {
  let missed = 0;
  console.log("\n| looks | formula | ships | ± | control |");
  console.log("|---|---|---|---|---|");
  for (const [name, plan, control] of lookedPlans) {
    const { power } = powerForDecision(plan, control);
    const found = await shippedOverLooks(plan, control, runs, randomSource(seed, name));
    const error = Math.sqrt((found * (1 - found)) / runs);
    const held = Math.abs(found - power) < 0.01 + 3 * error;
    if (!held) missed++;
    const percent = (share) => `${(100 * share).toFixed(1)} %`;
    console.log(
      `| ${name} | ${percent(power)} | ${percent(found)}${held ? "" : " MISSED"} | ${percent(error)} | ${control.toLocaleString("en")} |`,
    );
  }
  return missed;
}
