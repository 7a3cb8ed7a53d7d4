// npm run calibrate -- cells [--replications N]: a cube of 240 cells under an always-valid plan, read at 20 looks. The false
// discovery rate where somebody stops at the first look that claims a cell, at the worst single look, and the cells found at the
// last one beside what e-BH would find at that look alone.
import { analyze } from "../../dist/analysis/index.js";
import { defineExperiment } from "../../dist/index.js";
import { randomSource, sampleBinomial } from "../../dist/random/index.js";
import { eBenjaminiHochberg } from "../../dist/stats/index.js";

const dimensions = ["channel", "segment", "touch"];
const levels = Array.from({ length: 240 }, (_, i) =>
  [i % 8, Math.floor(i / 8) % 6, Math.floor(i / 48)].map(String),
);
const looks = 20;
const units = 100;
const rate = 0.2;
const alpha = 0.05;
const planned = 240 * 2 * units * looks;

const definitionOf = (plan) =>
  defineExperiment({
    ...{ key: "cells", unit: "unit", variants: { control: null, b: null }, plan },
    metrics: [{ key: "order", type: "conversion", role: "goal" }],
  });

/** The worlds: in how many cells there is an effect, every other one of them downward, so that all others truly have none. */
const cellWorlds = {
  "no effect": { with: 0, effect: 0 },
  "24 of 240 cells": { with: 24, effect: 0.06 },
};
const plans = { any: { looks: "any" }, "any, units": { looks: "any", units: planned } };

/** Claims of one report: the crossed cells that are shown to have an effect, and those named as different from the rest. */
function claimsOf(report) {
  const crossed = report.micro.filter(({ cell }) => Object.keys(cell).length === 3);
  const at = ({ cell }) =>
    levels.findIndex((each) => each.every((level, i) => level === cell[dimensions[i]]));
  const shown = (estimate) => estimate?.status === "ok" && (estimate.pAdjusted ?? 1) < alpha;
  return {
    own: crossed.filter((each) => shown(each.difference.planned)).map(at),
    apart: crossed.filter((each) => shown(each.versusRest?.planned)).map(at),
    crossed: crossed.map((each) => ({ place: at(each), estimate: each.difference.planned })),
  };
}

async function experimentOf(given, definition, random) {
  const hits = levels.map(() => [0, 0]);
  const seen = [];
  for (let look = 1; look <= looks; look++) {
    for (const [at, own] of hits.entries())
      for (const arm of [0, 1])
        own[arm] += sampleBinomial(
          random,
          units,
          rate + (arm === 1 && at < given.with ? given.effect * (at % 2 ? -1 : 1) : 0),
        );
    const n = units * look;
    const cells = hits.flatMap((own, at) =>
      own.map((x, arm) => ({
        ...{ variant: arm === 0 ? "control" : "b", definitionVersion: 1, levels: levels[at], units: n },
        moments: [{ n, names: ["value"], mean: [x / n], comoment: [x * (1 - x / n)] }],
      })),
    );
    const data = {
      ...{ format: "essai.cells/1", experiment: "cells", dimensions, metrics: ["order"] },
      ...{ cells, excluded: {} },
    };
    const report = await analyze({
      ...{ experiment: definition, source: { kind: "cells", read: async () => data } },
      ...{ dimensions, combinations: [dimensions] },
    });
    seen.push(claimsOf(report));
  }
  return seen;
}

const falseShare = (claims, effects) =>
  claims.length === 0 ? 0 : claims.filter((at) => at >= effects).length / claims.length;
const mean = (list) => list.reduce((sum, each) => sum + each, 0) / list.length;
const errorOf = (list) => {
  const center = mean(list);
  return Math.sqrt(list.reduce((sum, each) => sum + (each - center) ** 2, 0) / list.length / list.length);
};

/** @returns one row per world, plan and claim, with what is held */
export async function cellTable({ seed, replications = 200, words = [] }) {
  const rows = [];
  for (const [world, given] of Object.entries(cellWorlds))
    for (const [name, plan] of Object.entries(plans)) {
      if (words.length > 0 && !words.some((word) => world.startsWith(word))) continue;
      const runs = [];
      const definition = definitionOf(plan);
      for (let run = 0; run < replications; run++)
        runs.push(await experimentOf(given, definition, randomSource(`${seed} ${world} ${run}`)));
      // Evidence of one planned look is the mixture tuned to it: at the last look, that of the plan with its units.
      const alone = runs.map((seen) => {
        const { crossed } = seen.at(-1);
        const evidence = crossed.map(({ estimate }) => (estimate.status === "ok" ? 1 / estimate.pValue : 1));
        return eBenjaminiHochberg(evidence).filter((p, i) => p < alpha && crossed[i].place < given.with)
          .length;
      });
      for (const claim of ["own", "apart"]) {
        const first = runs.map((seen) => {
          const stop = seen.find((each) => each[claim].length > 0);
          return stop ? falseShare(stop[claim], given.with) : 0;
        });
        const byLook = Array.from({ length: looks }, (_, at) =>
          mean(runs.map((seen) => falseShare(seen[at][claim], given.with))),
        );
        const found = runs.map((seen) => seen.at(-1)[claim].filter((at) => at < given.with).length);
        const error = Math.max(errorOf(first), Math.sqrt((alpha * (1 - alpha)) / replications));
        rows.push({
          ...{
            world,
            plan: name,
            claim,
            runs: replications,
            first: mean(first),
            worst: Math.max(...byLook),
            error,
          },
          ...{ found: mean(found), alone: plan.units ? mean(alone) : undefined, foundError: errorOf(found) },
          held: mean(first) <= alpha + 3 * error && Math.max(...byLook) <= alpha + 3 * error,
        });
      }
    }
  return rows;
}

const percent = (share) => `${(100 * share).toFixed(2)} %`;

/** Prints the table. @returns how many rows miss their bar */
export async function printCells(given) {
  const rows = await cellTable(given);
  for (const { world, plan, claim, runs, first, worst, error, found, alone, foundError, held } of rows)
    console.log(
      `| ${world} | ${plan} | ${claim} | ${runs} | ${percent(first)} | ${percent(worst)} | ${percent(error)} | ${found.toFixed(1)} ± ${foundError.toFixed(1)} | ${alone?.toFixed(1) ?? ""} | ${held ? "held" : "MISSED"} |`,
    );
  return rows.filter(({ held }) => !held).length;
}
