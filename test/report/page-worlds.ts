import { readFileSync } from "node:fs";
import { analyze, fromCells, type Report } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import type { Plan } from "../../src/core/plan.js";
import { parseExperiment } from "../../src/schema/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "../analysis/made-cells.js";
import { madeBanditReport } from "./made-bandit.js";
import { adaptiveReport, madeReport } from "./made-report.js";

const json = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

/** The e-mail experiment of docs/examples, read by two dimensions and their cross. */
export function hillstrom(dimensions: readonly string[] = ["channel", "newbie"]): Promise<Report> {
  const folder = "../../docs/examples/hillstrom";
  const { definition } = parseExperiment(json(`${folder}/experiment.json`));
  return analyze({ experiment: definition, source: fromCells(json(`${folder}/cells.json`)), dimensions });
}

/** Two treatments looked at by a plan that spends its error and gives gains up, each look told of the ones before. */
export async function lookedAt(
  units: readonly number[],
  rates: readonly number[] = [0.1, 0.1035, 0.115],
  plan: Partial<Plan> = { futility: {} },
  keep = true,
): Promise<Report> {
  const variants = ["control", "b", "c"].slice(0, rates.length);
  const experiment = madeDefinition(variants, {
    plan: { level: 0.95, macro: "holm", micro: "benjamini-hochberg", looks: 4, units: 44_000, ...plan },
  });
  let report: Report | undefined;
  for (const n of units) {
    const cells = variants.map((variant, at) =>
      conversionCell(variant, n, Math.round(n * (rates[at] as number))),
    );
    report = await analyze({
      ...{ experiment, source: madeSource(cells) },
      ...(keep ? { history: report?.looks?.history ?? null } : {}),
    });
  }
  return report as Report;
}

/** Names as nobody should give them. */
export const hostileNames = [
  "<script>alert(1)</script>",
  `"onload='x' ${"long ".repeat(40)}`,
  "שלום עולם \u202egnp.exe",
  "🧑‍🚀🚀 emoji & co",
] as const;

/** Conversions of some metrics in every cell of some levels; effects grow with the variant and fade with the level. */
function conversions(
  variants: readonly string[],
  metrics: number,
  levels: readonly (readonly string[])[],
  unitsOf: (at: number) => number,
): readonly Cell[] {
  return levels.flatMap((cell, at) => {
    const units = unitsOf(at);
    return variants.map((variant, v) => {
      const parts = Array.from({ length: metrics }, (_, m) => {
        const base = 0.05 + 0.02 * m + 0.01 * (at % 3);
        const effect = v === 0 ? 0 : ((v % 3) - 0.5) * 0.012 * (1 - (at % 4) / 3) * (m % 2 === 0 ? 1 : -0.6);
        return conversionCell(variant, units, Math.round(units * (base + effect)), cell);
      });
      return { ...(parts[0] as Cell), moments: parts.flatMap(({ moments }) => moments) };
    });
  });
}

const roles = ["goal", "goal", "guardrail", "guardrail", "diagnostic", "diagnostic"] as const;
const named = ["order", "visit", "unsubscribe", "return", "basket", "search"];
const metricsOf = (count: number) =>
  named.slice(0, count).map((key, at) => {
    const role = roles[at] ?? "goal";
    return conversionMetric(
      key,
      role,
      role === "guardrail" ? { better: "lower", margin: at === 2 ? 0.2 : 0.05 } : {},
    );
  });

async function conversionReport(
  variants: readonly string[],
  count: number,
  dimensions: readonly string[],
  levels: readonly (readonly string[])[],
  unitsOf: (at: number) => number = () => 3000,
): Promise<Report> {
  const metrics = metricsOf(count);
  const cells = conversions(variants, count, levels, unitsOf);
  const keys = metrics.map(({ key }) => key);
  const source = madeSource(cells, { metrics: keys, dimensions: [...dimensions] });
  return analyze({ experiment: madeDefinition(variants, { metrics }), source, dimensions: [...dimensions] });
}

const cross = (a: readonly string[], b: readonly string[]) => a.flatMap((x) => b.map((y) => [x, y]));
const letters = (count: number) => Array.from({ length: count }, (_, at) => `level ${at + 1}`);

/** What a page must be able to lay out. */
export const pageWorlds: Readonly<Record<string, () => Promise<Report> | Report>> = {
  hillstrom: () => hillstrom(),
  "hillstrom in five dimensions": () => hillstrom(["channel", "zip_code", "newbie", "mens", "womens"]),
  "eight variants, six metrics": () =>
    conversionReport(
      ["control", ..."bcdefgh"].map((key) => `variant ${key}`),
      6,
      ["channel"],
      [["mail"], ["web"], ["shop"]],
    ),
  "sixty cells": () =>
    conversionReport(
      ["control", "b", "c"],
      3,
      ["segment", "channel"],
      cross(letters(12), letters(5)),
      () => 900,
    ),
  "thin cells": () =>
    conversionReport(
      ["control", "b"],
      2,
      ["segment", "channel"],
      cross(letters(4), letters(3)),
      (at) => 110 * (1 + 5 * (at % 3)),
    ),
  "more levels than a heat map draws": () =>
    conversionReport(
      ["control", "b"],
      1,
      ["segment", "channel"],
      cross(letters(26), letters(14)),
      () => 1500,
    ),
  "one cell": () => conversionReport(["control", "b"], 1, ["channel"], [["mail"]]),
  "no dimensions": () => conversionReport(["control", "b", "c"], 4, [], [[]]),
  "no lift": () =>
    analyze({
      experiment: madeDefinition(),
      source: madeSource([conversionCell("control", 5000, 0), conversionCell("treatment", 5000, 60)]),
    }),
  "hostile names": () =>
    conversionReport(
      ["control <b>", ...hostileNames],
      3,
      ["seg<i>ment"],
      hostileNames.map((each) => [each]),
    ),
  "two levels that differ": () => madeReport(),
  "the looks of a plan with futility": () => lookedAt([2000, 5000, 11_000]),
  adaptive: adaptiveReport,
  "a bandit alone": madeBanditReport,
};
