import { readFileSync } from "node:fs";
import { join } from "node:path";
import { banditRun, fromRows } from "../../../src/analysis/index.js";
import { createBandit, decide, thompson } from "../../../src/bandits/index.js";
import { defineExperiment } from "../../../src/index.js";
import { top } from "../source-files.js";
import { made } from "./made.js";
import type { SampleCalls } from "./sample-call.js";

const mapping = { variant: "arm", unit: "id", dimensions: { channel: "ch", page: "pg" } };
const rows = Array.from({ length: 24 }, (_, i) => ({
  id: `u${i}`,
  arm: i % 2 === 0 ? "control" : "b",
  ch: i % 3 === 0 ? "mail" : "web",
  pg: i % 4 < 2 ? "home" : "cart",
  order: Number(i % 5 === 0),
  v: 2,
}));
const experiment = (policy = "fixed", version = 1) =>
  defineExperiment({
    key: "cta",
    version,
    unit: "id",
    variants: { control: 0, b: 1 },
    metrics: [{ key: "order", type: "conversion", role: "goal" }],
    policy,
  });

const bandit = () => createBandit(experiment("thompson"), { thompson });
const log = () =>
  Array.from({ length: 6 }, (_, i) => ({
    decision: decide(bandit(), {
      unitId: `u${i}`,
      occasion: "1",
      now: new Date(Date.UTC(2026, 0, 1 + i)),
      context: { segment: i % 2 === 0 ? "new" : "loyal" },
    }),
    reward: i % 2,
    segment: i % 2 === 0 ? "new" : "loyal",
    period: i,
    expected: { chosen: 0.1, best: 0.2, uniform: 0.1 },
  }));
const run = banditRun({ experiment: experiment("thompson"), log: log() });
const cells = JSON.parse(readFileSync(join(top, "docs/examples/hillstrom/cells.json"), "utf8"));

const sums = { looks: 1, control: 6, treatment: 6, level: 0.9, pValue: 0.5, lower: -1, upper: 1 };
const history = (version = 1) => ({
  format: "essai.look-history/1" as const,
  experiment: "cta",
  version,
  plan: experiment().plan,
  level: 0.9,
  looks: [{ units: 12, fraction: 0.5 }],
  tests: [
    {
      metric: "order",
      contrast: ["control", "b"] as const,
      cell: {},
      difference: sums,
      lift: sums,
      path: [{ units: 12, value: 0.1, lower: -1, upper: 1 }],
    },
  ],
});

export const analysis: SampleCalls = {
  parseLookHistory: () => [history(), experiment()],
  analyze: () => [
    {
      experiment: experiment("fixed", 2),
      source: fromRows(rows, { ...mapping, version: "v" }),
      metrics: ["order"],
      dimensions: ["channel", "page"],
      combinations: [["channel", "page"]],
      contrasts: [["b", "control"]],
      level: 0.9,
      earlier: [experiment()],
      bandit: run,
      history: history(2),
      onProgress: () => undefined,
      signal: new AbortController().signal,
    },
  ],
  banditReport: () => [experiment("thompson"), run],
  banditRun: () => [
    {
      experiment: experiment("thompson"),
      log: log(),
      state: made(bandit()),
      periods: 3,
      segments: ["segment"],
      level: 0.9,
    },
  ],
  fromCells: () => [{ ...cells, cells: cells.cells.slice(0, 2) }],
  fromRows: () => [rows.slice(0, 2), mapping],
};
