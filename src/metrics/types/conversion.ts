import type { Estimate } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { not_binary, problem } from "../../errors/index.js";
import { rateLevelsTest } from "../../stats/heterogeneity/index.js";
import { newcombe, pooledProportions, scalar } from "../../stats/index.js";
import { copyEstimate } from "../../stats/inference/index.js";
import { differenceOf, liftOf, scasApart, scasInputs } from "../../stats/proportions/index.js";
import { metricSettings } from "../settings/index.js";
import { estimateBy } from "./estimate-by.js";
import { type ApartReading, type MetricReading, type MetricStratum, metricType } from "./metric-type.js";

/** With fewer units than this on either side of the fence in an arm, results rest on few people, and say so. */
const FEW = 10;

/** With fewer, a share of units is not read as a normal mean: only the score holds its level, and it takes no covariates. */
const PLENTY = 100;
const sparseReason = "a side has fewer than 100 units with the event, or fewer than 100 without";

function flagged(estimate: Estimate): Estimate {
  if (estimate.status !== "ok") return estimate;
  const told = copyEstimate(estimate);
  told.flags = ["few_events"];
  return told;
}

const successesOf = ({ n, mean }: Moments): number => Math.round(n * (mean[0] ?? 0));

const proportion = (arm: Moments) => ({ n: arm.n, x: successesOf(arm) });

const tableOf = ({ control, treatment }: MetricStratum) => ({
  control: proportion(control),
  treatment: proportion(treatment),
});

/** Whether a side, over all strata, has few units with the event or few without. */
function fewOn(side: "control" | "treatment", tables: readonly ReturnType<typeof tableOf>[]): boolean {
  let x = 0;
  let n = 0;
  for (const { [side]: arm } of tables) {
    x += arm.x;
    n += arm.n;
  }
  return Math.min(x, n - x) < FEW;
}

/** Counts and score do not depend on the level and are found once. */
function reads(strata: readonly MetricStratum[]): MetricReading {
  const tables = strata.map(tableOf);
  const inputs = scasInputs(tables);
  const thin = fewOn("control", tables) || fewOn("treatment", tables);
  const [only] = tables;
  return {
    at(options) {
      const difference = differenceOf(inputs, options);
      const lift = liftOf(inputs, options);
      return thin ? { difference: flagged(difference), lift: flagged(lift) } : { difference, lift };
    },
    named(options) {
      if (tables.length > 1 || !only) return undefined;
      const pooled = { "pooled-z": pooledProportions(only.control, only.treatment, options) };
      return thin ? { ...pooled, newcombe: newcombe(only.control, only.treatment, options) } : pooled;
    },
  };
}

function readsApart(cell: readonly MetricStratum[], rest: readonly MetricStratum[]): ApartReading {
  if (cell.length > 0 && rest.length > 0) return scasApart(cell.map(tableOf), rest.map(tableOf));
  return ({ level = 0.95 }) => ({
    status: "undefined",
    method: "scas-cell-minus-rest",
    reason: "no units outside this cell to compare with",
    level,
  });
}

/** Whether a unit did it at all: 1 or 0 per unit. */
export const conversion = metricType({
  words: {
    en: "Share of units with the event (1 or 0 per unit).",
    fr: "Part des unités qui ont l’événement (1 ou 0 par unité).",
  },
  settings: metricSettings.conversion,
  joint: false,
  third: false,
  quantity: "fraction",
  values: (metric) => [{ name: "value", of: "any", source: metric, path: [] }],
  thin(arms) {
    let all = 0;
    let successes = 0;
    for (const arm of arms) {
      all += arm.n;
      successes += successesOf(arm);
    }
    return Math.min(successes, all - successes) < FEW;
  },
  check({ n, mean, comoment }, path) {
    // Σ x(x − 1) = m2 − n·mean·(1 − mean) is zero when every x is 0 or 1; the tolerance admits cells whose numbers were rounded.
    const p = mean[0] as number;
    const m2 = comoment[0] as number;
    const off = Math.abs(m2 - n * p * (1 - p));
    const ok = n === 0 || (p >= 0 && p <= 1 + 1e-12 && off <= 1e-6 * n);
    return ok ? [] : [problem({ not_binary }, path, p)];
  },
  value: ({ mean: [mean] }) => mean,
  sides: ({ control, treatment }) => [control.mean[0], treatment.mean[0]],
  weights: () => [1],
  unadjustable({ n, mean: [mean = 0] }) {
    const successes = Math.round(n * mean);
    return Math.min(successes, n - successes) < PLENTY ? sparseReason : undefined;
  },
  sparse: () => false,
  linear: (moments) => scalar(moments),
  estimate: estimateBy(reads),
  reads,
  apart: (cell, rest, options = {}) => readsApart(cell, rest)(options),
  readsApart,
  stratified(strata, options = {}) {
    if (strata.length > 0) return differenceOf(scasInputs(strata.map(tableOf)), options);
    return {
      status: "undefined",
      method: "scas-stratified",
      reason: "no level has two units with an outcome on both sides",
      level: options.level ?? 0.95,
    };
  },
  levels: (parts, scale, random) =>
    rateLevelsTest(
      parts.map((part) => ({ ...part, ...tableOf(part) })),
      scale,
      random,
    ),
});
